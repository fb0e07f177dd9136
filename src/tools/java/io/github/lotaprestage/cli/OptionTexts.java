package io.github.lotaprestage.cli;

import io.github.lotaprestage.cli.options.Option;
import io.github.lotaprestage.cli.options.OptionSet;
import io.github.lotaprestage.cli.options.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Writes the documents that are made from the declarations of the options.
public final class OptionTexts {

  private static final int DATE = "2026-03-01".length();

  private OptionTexts() {}

  /// With `reference FILE`, writes the reference of the options. With `share DIRECTORY TIMESTAMP`,
  /// writes the manual page and the completions to where `man` and the shells look for them in
  /// DIRECTORY.
  public static void main(String[] arguments) throws IOException {
    List<OptionSet> sets = new Options().sets();
    Path path = Path.of(arguments[1]);
    if (arguments[0].equals("reference")) {
      write(path, OptionsPage.of(sets));
    } else {
      write(
          path.resolve("man/man1/lota-prestage.1"),
          ManPage.of(sets, new Version().getVersion()[0], arguments[2].substring(0, DATE)));
      write(path.resolve("bash-completion/completions/lota-prestage"), BashCompletion.of(sets));
      write(path.resolve("zsh/site-functions/_lota-prestage"), ZshCompletion.of(sets));
      write(path.resolve("fish/vendor_completions.d/lota-prestage.fish"), FishCompletion.of(sets));
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, text);
  }

  /// `-c N` and `--concurrency N`.
  static List<String> usages(Option<?> option) {
    if (option.names().isEmpty()) {
      return List.of(option.label());
    }
    return option.names().stream()
        .map(name -> option.isFlag() ? name : name + " " + option.label())
        .toList();
  }
}
