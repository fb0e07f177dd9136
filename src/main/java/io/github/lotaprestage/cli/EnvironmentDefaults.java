package io.github.lotaprestage.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/// Every option has a default in the environment: `--files-from` in `LOTA_PRESTAGE_FILES_FROM`.
final class EnvironmentDefaults implements IDefaultValueProvider {

  private static final String PREFIX = "LOTA_PRESTAGE_";

  private final Map<String, String> env;

  EnvironmentDefaults(Map<String, String> env) {
    this.env = env;
  }

  /// `--files-from` is `LOTA_PRESTAGE_FILES_FROM`.
  static String variable(String longName) {
    return PREFIX + longName.substring("--".length()).replace('-', '_').toUpperCase(Locale.ROOT);
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option && !isFlag(option)
        ? value(option).orElse(null)
        : null;
  }

  /// Sets the flags that the environment asks for. Not by a default value, which picocli would turn
  /// around where the flag is given on the command line as well.
  ///
  /// @throws ParameterException if a value is neither true nor false
  void applyFlags(CommandLine commandLine) {
    for (OptionSpec option : commandLine.getCommandSpec().options()) {
      if (isFlag(option)) {
        value(option).ifPresent(value -> applyFlag(commandLine, option, value));
      }
    }
  }

  private static void applyFlag(CommandLine commandLine, OptionSpec option, String value) {
    switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "1", "yes" -> option.setValue(true);
      case "false", "0", "no" -> {}
      default ->
          throw new ParameterException(
              commandLine,
              "%s is neither true nor false: %s".formatted(variable(option.longestName()), value));
    }
  }

  private static boolean isFlag(OptionSpec option) {
    return option.type() == boolean.class;
  }

  private Optional<String> value(OptionSpec option) {
    return Arrays.stream(option.names())
        .filter(name -> name.startsWith("--"))
        .map(name -> env.getOrDefault(variable(name), ""))
        .filter(value -> !value.isEmpty())
        .findFirst();
  }
}
