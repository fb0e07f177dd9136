package io.github.lotaprestage.cli.options;

import io.github.lotaprestage.plan.target.S3Uri;
import io.github.lotaprestage.report.html.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/// The options of a run with their values and where these come from, for people.
public final class ShownSettings {

  /// The endpoint may be wrong and hold a password. The page shows it once it is accepted.
  private static final String ENDPOINT = "--endpoint-url";

  /// Text that may be a password, in a value that only looks like a URL.
  private static final Pattern USER = Pattern.compile("(?<=://).*@", Pattern.DOTALL);

  private static final int MAX_VALUES = 10;
  private static final int LONGEST = 600;

  private ShownSettings() {}

  public static List<Setting> of(
      CommandLine commandLine, Options options, EnvironmentDefaults defaults) {
    List<Setting> settings = new ArrayList<>();
    for (OptionSet set : options.sets()) {
      for (Option<?> option : set.options()) {
        if (!option.variables().isEmpty() && !option.names().contains(ENDPOINT)) {
          String value = value(option, defaults);
          if (!value.isEmpty()) {
            String name = name(option);
            settings.add(
                new Setting(name, value, origin(defaults.origin(commandLine, name), name)));
          }
        }
      }
    }
    return settings;
  }

  /// The first of the long names, which alone are known to the environment.
  private static String name(Option<?> option) {
    return option.names().stream().filter(name -> name.startsWith("--")).findFirst().orElseThrow();
  }

  private static String origin(String origin, String name) {
    if (origin.equals(name)) {
      return "command line";
    }
    return origin.startsWith("the ") ? "default" : origin;
  }

  private static String value(Option<?> option, EnvironmentDefaults defaults) {
    if (option.isFlag()) {
      Object value = option.orNull();
      return value instanceof List<?> given && given.size() > 1
          ? given.size() + " times"
          : Objects.equals(value, true) || Objects.equals(value, List.of(true)) ? "yes" : "";
    }
    return joined(texts(option, defaults));
  }

  private static List<String> texts(Option<?> option, EnvironmentDefaults defaults) {
    ArgSpec spec = option.spec();
    List<String> given = spec.originalStringValues();
    if (!given.isEmpty()) {
      return given;
    }
    String environment = defaults.value(option.names());
    String standard = environment.isEmpty() ? spec.defaultValue() : environment;
    return standard == null ? List.of() : List.of(standard);
  }

  private static String joined(List<String> values) {
    String text =
        values.stream()
            .limit(MAX_VALUES)
            .map(value ->
                value.startsWith(S3Uri.SCHEME) ? value : USER.matcher(value).replaceAll("***@"))
            .collect(Collectors.joining(", "));
    if (text.length() > LONGEST) {
      text = text.substring(0, LONGEST) + " …";
    }
    return values.size() > MAX_VALUES
        ? text + ", and " + (values.size() - MAX_VALUES) + " more"
        : text;
  }
}
