package io.github.lotaprestage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.cli.options.Option;
import io.github.lotaprestage.cli.options.OptionSet;
import io.github.lotaprestage.cli.options.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The documents that are made from the declarations of the options.
class OptionTextsTest {

  private static final List<OptionSet> SETS = new Options().sets();

  static Stream<Option<?>> options() {
    return SETS.stream().flatMap(set -> set.options().stream());
  }

  @Test
  void theReferenceIsUpToDate() {
    assertThat(Path.of("docs/reference/options.md"))
        .as("docs/reference/options.md is stale; run scripts/reference")
        .hasContent(OptionsPage.of(SETS));
  }

  @ParameterizedTest
  @MethodSource("options")
  void everyOptionIsDescribedInSentences(Option<?> option) {
    assertThat(option.summary()).matches("(?s)\\S.*\\.");
    assertThat(option.details()).matches("(?s)|\\S.*\\.");
  }

  @ParameterizedTest
  @MethodSource("options")
  void everyOptionIsInTheManualPage(Option<?> option) {
    String page = ManPage.of(SETS, "lota-prestage 1.2.3");
    assertThat(option.names())
        .allSatisfy(name -> assertThat(page).contains("\\fB" + name.replace("-", "\\-")));
    assertThat(page.lines())
        .filteredOn(line -> line.matches("[.'].*"))
        .allMatch(line -> line.matches("\\.(TH|SH|B|TP|nf|fi)( .*)?"));
  }

  @ParameterizedTest
  @CsvSource({
    "--grac, --grace",
    "--output js, json",
    "--output = js, json",
    "--output =, text json",
    "-o j, json",
    "--progress n, never",
    "--bucket --gr, ''",
    "s3://bucket/ --numw, --numworkers",
    "s3://b, ''",
    "--journal some, some file",
    "--failed-to = some, some file",
  })
  void bashCompletes(String words, String expected, @TempDir Path directory) throws Exception {
    Files.createFile(directory.resolve("some file"));
    assertThat(complete(directory, words.split(" "))).isEqualTo(expected);
  }

  /// The completions of the last word, separated by spaces.
  private static String complete(Path directory, String... words)
      throws IOException, InterruptedException {
    String script =
        BashCompletion.of(SETS)
            + "COMP_WORDS=(lota-prestage \"$@\") COMP_CWORD=$#\n"
            + "_lota_prestage\n"
            + "echo \"${COMPREPLY[*]}\"\n";
    List<String> command = new ArrayList<>(List.of("bash", "--norc", "-c", script, "bash"));
    command.addAll(List.of(words));
    Process bash =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String output =
        new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(bash.waitFor()).as(output).isZero();
    return output;
  }
}
