package io.github.lotaprestage.cli;

import io.github.lotaprestage.cli.options.Option;
import io.github.lotaprestage.cli.options.OptionSet;
import java.util.List;
import java.util.stream.Collectors;

/// The reference of the options, in Markdown.
final class OptionsPage {

  private static final String INTRODUCTION =
      """
      # Options

      <!-- scripts/reference writes this page from the declarations in the package cli. -->

      `lota-prestage [OPTIONS] [TARGET...]`

      An option and its value can be separated by a space or by an equals sign. [Values](targets.md#values)
      explains how sizes and times are written. Each option can also be set with the variable below it;
      [Configuration](configuration.md#defaults-in-the-environment) has the rules.
      """;

  /// What is quoted, names of options and variables, URIs, braces and wildcards.
  private static final String CODE =
      "(?<!\\w)'([^']+)'|((?<![\\w-])--?[a-z][\\w-]*|\\w+://(?:[^\\s,)]*[^\\s,.)])?|[\\w.]*_\\w+|\\{[^ ]*\\}|\\*|\\?)";

  private OptionsPage() {}

  static String of(List<OptionSet> sets) {
    return INTRODUCTION
        + sets.stream()
            .map(set -> "\n## " + set.heading() + "\n" + sections(set))
            .collect(Collectors.joining());
  }

  private static String sections(OptionSet set) {
    return set.options().stream().map(OptionsPage::section).collect(Collectors.joining());
  }

  private static String section(Option<?> option) {
    String text = (option.summary() + " " + option.details()).strip();
    String variables =
        option.variables().stream()
            .map(name -> "`" + name + "`")
            .collect(Collectors.joining(" or "));
    return "\n### "
        + OptionTexts.usages(option).stream()
            .map(usage -> "`" + usage + "`")
            .collect(Collectors.joining(", "))
        + "\n\n"
        + text.replaceAll(CODE, "`$1$2`")
        + "\n"
        + (variables.isEmpty() ? "" : "\nEnvironment: " + variables + "\n");
  }
}
