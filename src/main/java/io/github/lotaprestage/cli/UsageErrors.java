package io.github.lotaprestage.cli;

import io.github.lotaprestage.cli.options.OptionSet;
import io.github.lotaprestage.cli.values.Misspelling;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Explains usage errors in the terms of the command line.
final class UsageErrors {

  private UsageErrors() {}

  static String message(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      return unknown(unmatched);
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      ArgSpec option = missing.getMissing().getFirst();
      return name(option) + " needs a value: " + option.paramLabel();
    }
    if (e instanceof OverwrittenOptionException twice) {
      return name(twice.getOverwritten()) + " may be given only once";
    }
    ArgSpec argument = e.getArgSpec();
    return argument != null && e.getCause() instanceof TypeConversionException problem
        ? name(argument) + " " + problem.getMessage()
        : String.valueOf(e.getMessage());
  }

  /// Refuses an option as the value of another one, unless they are one word as in `--key=-n`: the
  /// value was probably forgotten.
  ///
  /// @throws ParameterException that names the option without a value
  static void requireValues(CommandLine commandLine) {
    OptionSpec option = null;
    for (String word : commandLine.getParseResult().originalArgs()) {
      if (option != null && isOption(commandLine, word)) {
        throw new ParameterException(
            commandLine,
            "%s needs a value: %s; if it is %s, write %1$s=%3$s"
                .formatted(name(option), option.paramLabel(), word));
      }
      if (option == null && word.equals("--")) {
        return;
      }
      option = option == null ? optionBeforeValue(commandLine, word) : null;
    }
  }

  /// The option whose value is the next word: `--key`, `-k` or `-qk`; null if there is none.
  private static @Nullable OptionSpec optionBeforeValue(CommandLine commandLine, String arg) {
    if (!arg.startsWith("-") || arg.length() < 2 || arg.indexOf('=') >= 0) {
      return null;
    }
    OptionSpec option = commandLine.getCommandSpec().findOption(arg);
    for (int i = 1; option == null && !arg.startsWith("--") && i < arg.length(); i++) {
      OptionSpec letter = commandLine.getCommandSpec().findOption("-" + arg.charAt(i));
      if (letter == null || (!OptionSet.isFlag(letter) && i < arg.length() - 1)) {
        return null;
      }
      option = OptionSet.isFlag(letter) ? null : letter;
    }
    return option == null || OptionSet.isFlag(option) ? null : option;
  }

  private static boolean isOption(CommandLine commandLine, String arg) {
    int equals = arg.indexOf('=');
    String name = equals < 0 ? arg : arg.substring(0, equals);
    boolean isShort = name.length() > 1 && name.charAt(0) == '-' && name.charAt(1) != '-';
    return name.startsWith("-")
        && commandLine.getCommandSpec().findOption(isShort ? name.substring(0, 2) : name) != null;
  }

  /// Refuses `--dry-run=` and `-n=`, the value of an unset variable, which picocli ignores, and
  /// every value of `--help` and `--version`.
  ///
  /// @throws ParameterException that names the flag
  static void requireFlagValues(CommandLine commandLine) {
    for (String arg : commandLine.getParseResult().originalArgs()) {
      if (arg.equals("--")) {
        return;
      }
      OptionSpec flag = flagWithValue(commandLine, arg);
      if (flag != null && (flag.usageHelp() || flag.versionHelp())) {
        throw new ParameterException(commandLine, name(flag) + " takes no value");
      }
      if (flag != null && arg.endsWith("=")) {
        throw new ParameterException(
            commandLine,
            name(flag) + " must not be empty; it must be true or false, or have no value");
      }
    }
  }

  /// The flag of `--dry-run=VALUE`, `-n=VALUE` or `-qn=VALUE`; null if `arg` is something else.
  private static @Nullable OptionSpec flagWithValue(CommandLine commandLine, String arg) {
    int equals = arg.indexOf('=');
    if (equals < 2 || arg.charAt(0) != '-') {
      return null;
    }
    if (arg.charAt(1) == '-') {
      return flag(commandLine, arg.substring(0, equals));
    }
    OptionSpec last = null;
    for (char letter : arg.substring(1, equals).toCharArray()) {
      last = flag(commandLine, "-" + letter);
      if (last == null) {
        return null;
      }
    }
    return last;
  }

  private static @Nullable OptionSpec flag(CommandLine commandLine, String name) {
    OptionSpec option = commandLine.getCommandSpec().findOption(name);
    return option != null && OptionSet.isFlag(option) ? option : null;
  }

  /// The long name of an option, as the reference lists it.
  static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String unknown(UnmatchedArgumentException e) {
    String given = e.getUnmatched().getFirst();
    int value = given.indexOf('=');
    String option = value < 0 ? given : given.substring(0, value);
    List<String> names =
        e.getCommandLine().getCommandSpec().optionsMap().keySet().stream()
            .filter(name -> name.startsWith("--"))
            .toList();
    String start = "unknown option '" + option + "'";
    String advice = ForeignOption.advice(option);
    if (advice != null) {
      return start + "; " + advice;
    }
    Optional<String> meant =
        option.startsWith("--") ? Misspelling.correct(option, names) : Optional.empty();
    return start + meant.map(name -> "; did you mean " + name + "?").orElse("");
  }
}
