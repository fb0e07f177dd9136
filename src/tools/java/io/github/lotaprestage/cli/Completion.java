package io.github.lotaprestage.cli;

import io.github.lotaprestage.cli.options.Option;
import io.github.lotaprestage.cli.options.OptionSet;
import java.util.List;

/// What the completions of all shells have in common.
final class Completion {

  /// What can be completed after an option.
  enum Kind {
    FLAG,
    WORDS,
    FILE,
    PROFILE,
    /// A value that nobody can know.
    OTHER
  }

  /// Prints the names of the profiles, one a line, in every shell.
  static final String PROFILES =
      """
      cat -- "${AWS_CONFIG_FILE:-$HOME/.aws/config}" \\
          "${AWS_SHARED_CREDENTIALS_FILE:-$HOME/.aws/credentials}" \\
          "$HOME/.coreweave/cw.config" "$HOME/.coreweave/cw.credentials" 2>/dev/null |
          sed -n -e '/^\\[sso-session /d' -e '/^\\[services /d' \\
            -e 's/^\\[profile  *\\([^]]*\\)\\].*/\\1/p' -e 't' -e 's/^\\[\\([^]]*\\)\\].*/\\1/p' |
          sort -u\
      """;

  private Completion() {}

  /// All options, without the arguments that are not options.
  static List<Option<?>> options(List<OptionSet> sets) {
    return sets.stream()
        .<Option<?>>flatMap(set -> set.options().stream())
        .filter(option -> !option.names().isEmpty())
        .toList();
  }

  static Kind kind(Option<?> option) {
    if (option.isFlag()) {
      return Kind.FLAG;
    }
    if (!option.words().isEmpty()) {
      return Kind.WORDS;
    }
    if (option.names().contains("--profile")) {
      return Kind.PROFILE;
    }
    return option.label().equals("FILE") ? Kind.FILE : Kind.OTHER;
  }

  /// The first sentence of its description, without a full stop.
  static String phrase(Option<?> option) {
    return option.summary().replaceFirst("(?s)\\.(\\s.*)?$", "");
  }
}
