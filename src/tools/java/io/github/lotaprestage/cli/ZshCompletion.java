package io.github.lotaprestage.cli;

import io.github.lotaprestage.cli.options.Option;
import io.github.lotaprestage.cli.options.OptionSet;
import java.util.List;
import java.util.stream.Collectors;

/// Completes options, their words, file names and profiles in Zsh.
final class ZshCompletion {

  private ZshCompletion() {}

  static String of(List<OptionSet> sets) {
    return """
    #compdef lota-prestage
    # Completion of lota-prestage for Zsh, written by its build.

    _lota_prestage_profiles() {
      local -a profiles
      profiles=(${(f)"$(%s)"})
      compadd -a profiles
    }

    _lota_prestage() {
      _arguments -s \\
    %s    '*:TARGET:{:}' # a message instead would keep Tab from inserting an option
    }

    _lota_prestage "$@"
    """
        .formatted(
            Completion.PROFILES,
            Completion.options(sets).stream()
                .map(ZshCompletion::line)
                .collect(Collectors.joining()));
  }

  /// Every option may be given again: the last value counts, or all do.
  private static String line(Option<?> option) {
    return option.names().stream()
        .map(name -> "    '*" + name + takes(option, name) + argument(option) + "' \\\n")
        .collect(Collectors.joining());
  }

  /// A value may follow in the same word or as the next one.
  private static String takes(Option<?> option, String name) {
    return option.isFlag() ? "" : name.startsWith("--") ? "=" : "+";
  }

  private static String argument(Option<?> option) {
    String text = "[" + escaped(Completion.phrase(option)) + "]";
    String value = text + ":" + option.label();
    return switch (Completion.kind(option)) {
      case FLAG -> text;
      case WORDS -> value + ":(" + String.join(" ", option.words()) + ")";
      case FILE -> value + ":_files";
      case PROFILE -> value + ":_lota_prestage_profiles";
      case OTHER -> value + ": ";
    };
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace("'", "'\\''");
  }
}
