package io.github.lotaprestage.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says what is wrong with a command line in the words of the command line.
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

  /// Refuses `--dry-run=`, which picocli takes for `--dry-run`: the value of an unset variable.
  ///
  /// @throws ParameterException that names the flag
  static void requireNoEmptyFlag(CommandLine commandLine) {
    for (String arg : commandLine.getParseResult().originalArgs()) {
      if (arg.equals("--")) {
        return;
      }
      if (arg.startsWith("--") && arg.endsWith("=")) {
        OptionSpec option =
            commandLine.getCommandSpec().optionsMap().get(arg.substring(0, arg.length() - 1));
        if (option != null && option.type() == boolean.class) {
          throw new ParameterException(
              commandLine,
              arg.substring(0, arg.length() - 1)
                  + " must not be empty; it must be true or false, or have no value");
        }
      }
    }
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
    Optional<String> meant =
        option.startsWith("--") ? Misspelling.correct(option, names) : Optional.empty();
    return "unknown option '"
        + option
        + "'"
        + meant.map(name -> "; did you mean " + name + "?").orElse("");
  }
}
