package io.github.lotaprestage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lotaprestage.cli.options.Option;
import io.github.lotaprestage.cli.options.OptionSet;
import io.github.lotaprestage.cli.options.Options;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The completions in the shells that they are for, and the manual page in its readers. A shell
/// that is not installed is left out.
@Timeout(60)
class ShellsTest {

  private static final List<OptionSet> SETS = new Options().sets();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  @BeforeEach
  void fill() throws IOException {
    Files.createFile(directory.resolve("some file"));
    Files.createDirectories(directory.resolve(".aws"));
    Files.writeString(
        directory.resolve(".aws/config"),
        "[default]\nregion = x\n[profile training]\n[sso-session train]\n[services trace]\n");
    Files.createDirectories(directory.resolve(".coreweave"));
    Files.writeString(directory.resolve(".coreweave/cw.credentials"), "[cw]\naws_x = y\n");
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
    "--profile tr, training",
    "--profile c, cw",
  })
  void bashCompletes(String words, String expected) throws Exception {
    String script =
        BashCompletion.of(SETS)
            + "COMP_WORDS=(lota-prestage \"$@\") COMP_CWORD=$#\n"
            + "_lota_prestage\n"
            + "echo \"${COMPREPLY[*]}\"\n";
    List<String> command = new ArrayList<>(List.of("bash", "--norc", "-c", script, "bash"));
    command.addAll(List.of(words.split(" ")));
    assertThat(run(command)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "--grac, --grace",
    "--output js, json",
    "--output=, --output=json|--output=text",
    "-o j, json",
    "-o, -ojson|-otext",
    "--progress n, never",
    "--journal some, some file",
    "--profile tr, training",
    "--profile c, cw",
  })
  void fishCompletes(String words, String expected) throws Exception {
    assumeInstalled("fish");
    Path file = directory.resolve("lota-prestage.fish");
    Files.writeString(file, FishCompletion.of(SETS));
    String found =
        run(
            List.of(
                "fish",
                "--no-config",
                "-c",
                "source " + file + "; complete -C 'lota-prestage " + words + "'"));
    assertThat(found.lines().map(line -> line.replaceFirst("\t.*", "")))
        .contains(expected.split("\\|"));
  }

  /// A shell of its own types the words, presses Tab, and shows what it has then.
  @Test
  void zshCompletes() throws Exception {
    assumeInstalled("zsh");
    Files.writeString(directory.resolve("_lota-prestage"), ZshCompletion.of(SETS));
    Files.writeString(
        directory.resolve("try.zsh"),
        """
        zmodload zsh/zpty
        zpty shell zsh -f -i
        zpty -w shell 'PS1="ready> "; fpath=('$1' $fpath); autoload -U compinit; compinit -u -D'
        zpty -w shell 'unsetopt beep; bindkey "^I" complete-word; cd '$1
        zpty -w shell 'show() { print -r -- "<$BUFFER>"; BUFFER=; zle accept-line }; zle -N show'
        zpty -w shell 'bindkey "^X" show; print begin'
        zpty -r -m shell line '*begin*begin*'
        while read -r words; do
          zpty -w -n shell "lota-prestage $words"$'\\t\\x18'
          zpty -r -m shell line '*<lota-prestage*>*'
          print -r -- "${${line##*<}%%>*}"
        done
        """);
    List<String> typed =
        List.of(
            "--grac",
            "--output js",
            "--output=t",
            "-o j",
            "-oj",
            "--progress n",
            "--journal some",
            "--profile tr",
            "--profile c",
            "-c 5 s3://b/ --numw");
    String shown = run(List.of("zsh", "-f", directory + "/try.zsh", directory.toString()), typed);
    assertThat(shown.lines().map(line -> line.strip().replaceFirst("^lota-prestage ", "")))
        .containsExactly(
            "--grace=",
            "--output json",
            "--output=text",
            "-o json",
            "-ojson",
            "--progress never",
            "--journal some\\ file",
            "--profile training",
            "--profile cw",
            "-c 5 s3://b/ --numworkers=");
  }

  @Test
  void everyOptionIsInEveryCompletion() {
    String zsh = ZshCompletion.of(SETS);
    String fish = FishCompletion.of(SETS);
    for (Option<?> option : Completion.options(SETS)) {
      for (String name : option.names()) {
        assertThat(zsh).contains("'*" + name);
        assertThat(fish)
            .contains(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.charAt(1));
      }
    }
  }

  @Test
  void theManualPageHasNoFaults() throws Exception {
    assumeInstalled("mandoc");
    Path page = directory.resolve("lota-prestage.1");
    Files.writeString(page, ManPage.of(SETS, "lota-prestage 1.2.3", "2026-03-01"));
    assertThat(run(List.of("mandoc", "-Tlint", page.toString()))).isEmpty();
  }

  private static void assumeInstalled(String program) {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(place -> Files.isExecutable(Path.of(place, program))),
        program + " is not installed");
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    return run(command, List.of());
  }

  private String run(List<String> command, List<String> input)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("TERM", "dumb");
    Process process = builder.redirectErrorStream(true).start();
    process
        .getOutputStream()
        .write(
            input.stream()
                .collect(Collectors.joining("\n", "", input.isEmpty() ? "" : "\n"))
                .getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output.strip();
  }
}
