package io.github.lotaprestage.cli;

import io.github.lotaprestage.cli.options.Option;
import io.github.lotaprestage.cli.options.OptionSet;
import java.util.List;
import java.util.stream.Collectors;

/// Completes options, their words, file names and profiles in Fish.
final class FishCompletion {

  private FishCompletion() {}

  static String of(List<OptionSet> sets) {
    return """
    # Completion of lota-prestage for Fish, written by its build.

    function __lota_prestage_profiles
        sh -c %s
    end

    complete -c lota-prestage -f
    """
            .formatted(quoted(Completion.PROFILES))
        + Completion.options(sets).stream().map(FishCompletion::line).collect(Collectors.joining());
  }

  private static String line(Option<?> option) {
    return "complete -c lota-prestage"
        + option.names().stream()
            .map(name ->
                name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.charAt(1))
            .collect(Collectors.joining())
        + argument(option)
        + " -d "
        + quoted(Completion.phrase(option))
        + "\n";
  }

  private static String argument(Option<?> option) {
    return switch (Completion.kind(option)) {
      case FLAG -> "";
      case WORDS -> " -x -a " + quoted(String.join(" ", option.words()));
      case FILE -> " -r -F";
      case PROFILE -> " -x -a '(__lota_prestage_profiles)'";
      case OTHER -> " -x";
    };
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
