package io.github.lotaprestage.packaged;

import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Key lists from pipes that somebody holds open and nobody writes to.
@Timeout(120)
class PipesIT {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--files-from pipe",
        "--files-from pipe --order listed",
        "--files-from - <&3",
        "--files-from - --order listed <&3",
        "--files-from - --dry-run <&3"
      })
  void noDeadlineWaitsForThem(String list, @TempDir Path directory) throws Exception {
    Program.at("http://127.0.0.1:1")
        .shell(
            "cd \"$1\" && mkfifo pipe && exec 3<>pipe &&"
                + " \"$0\" -o json -b bucket --max-duration 100ms --grace 100ms "
                + list,
            directory)
        .exits(5)
        .summary("listing_complete", false);
  }

  @ParameterizedTest
  @CsvSource({"--version, >/dev/full, 3", "--help, >/dev/full, 3", "--help, >&-, 3"})
  void helpThatCannotBePrintedIsNoSuccess(String option, String redirection, int code)
      throws Exception {
    Program.bare()
        .shell("\"$0\" " + option + " " + redirection)
        .exits(code)
        .errContains("standard output cannot be written");
  }
}
