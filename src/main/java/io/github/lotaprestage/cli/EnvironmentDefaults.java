package io.github.lotaprestage.cli;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Every option has a default in the environment: `--files-from` in `LOTA_PRESTAGE_FILES_FROM`.
final class EnvironmentDefaults implements IDefaultValueProvider {

  private static final String PREFIX = "LOTA_PRESTAGE_";

  private final Map<String, String> env;

  EnvironmentDefaults(Map<String, String> env) {
    this.env = env;
  }

  /// `--files-from` is `LOTA_PRESTAGE_FILES_FROM`.
  static String variable(String longName) {
    return PREFIX
        + longName.substring("--".length()).replace('-', '_').toUpperCase(java.util.Locale.ROOT);
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    return Arrays.stream(option.names())
        .filter(name -> name.startsWith("--"))
        .map(name -> env.get(variable(name)))
        .filter(Objects::nonNull)
        .filter(value -> !value.isEmpty())
        .findFirst()
        .orElse(null);
  }
}
