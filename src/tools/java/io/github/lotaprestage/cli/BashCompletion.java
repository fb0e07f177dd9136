package io.github.lotaprestage.cli;

import io.github.lotaprestage.cli.Completion.Kind;
import io.github.lotaprestage.cli.options.Option;
import io.github.lotaprestage.cli.options.OptionSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Completes options, their words, file names and profiles in Bash. picocli's generator does not
/// complete `--output=j`, and knows a file name only by a type that the options do not have.
final class BashCompletion {

  private BashCompletion() {}

  static String of(List<OptionSet> sets) {
    List<Option<?>> options = Completion.options(sets);
    return """
    # Completion of lota-prestage for Bash, written by its build.

    _lota_prestage_profiles() {
      %s
    }

    _lota_prestage() {
      local word=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]}
      if [[ $word == '=' ]]; then # Bash splits --option=value at the equals sign
        word=
      elif [[ $option == '=' ]]; then
        option=${COMP_WORDS[COMP_CWORD - 2]}
      fi
      COMPREPLY=()
      case $option in
    %s    %s)
          compopt -o filenames 2>/dev/null
          mapfile -t COMPREPLY < <(compgen -f -- "$word")
          ;;
        %s)
          local IFS=$'\\n'
          mapfile -t COMPREPLY < <(compgen -W "$(_lota_prestage_profiles)" -- "$word")
          ;;
        %s) ;; # any value
        *) [[ $word != -* ]] || mapfile -t COMPREPLY < <(compgen -W '%s' -- "$word") ;;
      esac
    }

    complete -F _lota_prestage lota-prestage
    """
        .formatted(
            Completion.PROFILES,
            options.stream()
                .filter(option -> Completion.kind(option) == Kind.WORDS)
                .map(BashCompletion::words)
                .collect(Collectors.joining()),
            pattern(options, Kind.FILE),
            pattern(options, Kind.PROFILE),
            pattern(options, Kind.OTHER),
            names(options).filter(name -> name.startsWith("--")).collect(Collectors.joining(" ")));
  }

  private static String words(Option<?> option) {
    return "    %s) mapfile -t COMPREPLY < <(compgen -W '%s' -- \"$word\") ;;\n"
        .formatted(pattern(List.of(option), Kind.WORDS), String.join(" ", option.words()));
  }

  private static String pattern(List<Option<?>> options, Kind kind) {
    return names(options.stream().filter(option -> Completion.kind(option) == kind).toList())
        .collect(Collectors.joining(" | "));
  }

  private static Stream<String> names(List<Option<?>> options) {
    return options.stream().flatMap(option -> option.names().stream());
  }
}
