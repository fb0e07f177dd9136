package io.github.lotaprestage.cli.options;

import io.github.lotaprestage.cli.values.Misspelling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/// Every option has a default in the environment: `--files-from` in `LOTA_PRESTAGE_FILES_FROM`. An
/// empty or blank value counts as unset.
public final class EnvironmentDefaults implements IDefaultValueProvider {

  private static final String PREFIX = "LOTA_PRESTAGE_";

  /// Belongs to the launcher.
  private static final String JAVA_OPTS = PREFIX + "JAVA_OPTS";

  /// Belongs to `--shards`.
  public static final String SHARD_INDEX = PREFIX + "SHARD_INDEX";

  private final Map<String, String> env;

  public EnvironmentDefaults(Map<String, String> env) {
    this.env = env;
  }

  /// `--files-from` is `LOTA_PRESTAGE_FILES_FROM`.
  public static String variable(String longName) {
    return PREFIX + longName.substring("--".length()).replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /// @throws ParameterException if the option cannot take the value; it names the variable
  @Override
  public @Nullable String defaultValue(ArgSpec argument) throws Exception {
    if (!(argument instanceof OptionSpec option) || OptionSet.isFlag(option)) {
      return null;
    }
    for (String name : option.names()) {
      String value = value(name);
      if (!value.isEmpty()) {
        check(option, variable(name), value);
        return value;
      }
    }
    return null;
  }

  private static void check(OptionSpec option, String variable, String value) throws Exception {
    try {
      for (ITypeConverter<?> converter : option.converters()) {
        converter.convert(value);
      }
    } catch (TypeConversionException e) {
      throw new ParameterException(
          option.command().commandLine(), variable + " " + e.getMessage(), e);
    }
  }

  /// The source of an option's value, for messages.
  public String origin(CommandLine commandLine, String name) {
    OptionSpec option = commandLine.getCommandSpec().findOption(name);
    if (commandLine.getParseResult().hasMatchedOption(option)) {
      return name;
    }
    return Arrays.stream(option.names())
        .filter(each -> !value(each).isEmpty())
        .map(EnvironmentDefaults::variable)
        .findFirst()
        .orElse("the default");
  }

  /// The value of an option in the environment; empty if it is not set there.
  String value(List<String> names) {
    return names.stream().map(this::value).filter(each -> !each.isEmpty()).findFirst().orElse("");
  }

  /// Sets the flags that are set in the environment and not on the command line. Flags have no
  /// default value, because picocli would negate it if the flag were given on the command line.
  ///
  /// @throws ParameterException if a value is neither true nor false
  public void applyFlags(CommandLine commandLine) {
    CommandLine.ParseResult parsed = commandLine.getParseResult();
    for (OptionSpec option : commandLine.getCommandSpec().options()) {
      if (OptionSet.isFlag(option) && !parsed.hasMatchedOption(option)) {
        Arrays.stream(option.names())
            .filter(name -> !value(name).isEmpty())
            .findFirst()
            .ifPresent(name -> applyFlag(commandLine, option, name));
      }
    }
  }

  private void applyFlag(CommandLine commandLine, OptionSpec option, String name) {
    String value = value(name);
    switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "1", "yes" -> option.setValue(option.isMultiValue() ? List.of(true) : true);
      case "false", "0", "no" -> {}
      default ->
          throw new ParameterException(
              commandLine, variable(name) + " must be true or false, not '" + value + "'");
    }
  }

  private String value(String name) {
    return name.startsWith("--") ? env.getOrDefault(variable(name), "") : "";
  }

  /// One warning for each variable that looks like an option's and belongs to none.
  public List<String> warnings(CommandLine commandLine) {
    List<String> warnings = new ArrayList<>();
    for (String name : new TreeSet<>(env.keySet())) {
      if (name.startsWith(PREFIX) && !name.equals(JAVA_OPTS) && !isIndex(name, commandLine)) {
        List<String> known =
            commandLine.getCommandSpec().optionsMap().keySet().stream()
                .filter(option -> option.startsWith("--"))
                .map(EnvironmentDefaults::variable)
                .toList();
        if (!known.contains(name) && !isInjected(name.substring(PREFIX.length()))) {
          Optional<String> meant = Misspelling.correct(name, known);
          warnings.add(
              name
                  + " belongs to no option and is ignored"
                  + meant.map(other -> "; did you mean " + other + "?").orElse(""));
        }
      }
    }
    return warnings;
  }

  /// Whether the variable is the index that `--shards` reads.
  private static boolean isIndex(String name, CommandLine commandLine) {
    return name.equals(SHARD_INDEX)
        && commandLine.getCommandSpec().findOption("--shards").getValue() != null;
  }

  /// Variables that Kubernetes sets in every pod for services whose names begin with
  /// `lota-prestage`.
  private static boolean isInjected(String rest) {
    String last = rest.startsWith("SERVICE_") || rest.startsWith("PORT") ? "_" + rest : rest;
    return last.endsWith("_SERVICE_HOST")
        || last.contains("_SERVICE_PORT")
        || last.endsWith("_PORT")
        || last.contains("_PORT_");
  }
}
