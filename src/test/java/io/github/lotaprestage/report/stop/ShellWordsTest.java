package io.github.lotaprestage.report.stop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A command that is printed does the same when it is pasted into a shell.
@Timeout(60)
class ShellWordsTest {

  @Test
  void theShellReadsTheSameWords() throws Exception {
    List<String> words =
        List.of(
            "s3://bucket/data/",
            "s3://b/*.tar",
            "{000..127}",
            "a b",
            "it's",
            "$HOME `id` \"x\" \\ !",
            "~",
            "=ls",
            "",
            "-",
            "é😀",
            "line\nend\ttab\r",
            "\u001b[31m'\\\u202e",
            "#;&|<>()");
    String line = ShellWords.of(words);
    assertThat(line).doesNotContain("\n", "\u001b", "\u202e");
    assertThat(read(line)).isEqualTo(words);
  }

  @Test
  void plainWordsStayAsTheyAre() {
    assertThat(ShellWords.of(List.of("lota-prestage", "--journal=a_b.c", "s3://b/k+1@2%3")))
        .isEqualTo("lota-prestage --journal=a_b.c s3://b/k+1@2%3");
  }

  private static List<String> read(String line) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("bash", "--norc", "-c", "printf '%s\\0' " + line);
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process bash = builder.redirectErrorStream(true).start();
    String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(output).isZero();
    return List.of(output.substring(0, output.length() - 1).split("\0", -1));
  }
}
