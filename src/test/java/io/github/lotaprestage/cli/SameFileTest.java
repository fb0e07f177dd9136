package io.github.lotaprestage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One file under two names, where that would lose the content of one.
class SameFileTest {

  private static final String JOURNAL =
      """
      {"type":"journal","version":1}
      {"type":"prestaged","bucket":"bucket","key":"key","etag":"v1","endpoint":"http://x"}
      """;

  @TempDir private Path directory;
  private Path journal = Path.of("");

  @BeforeEach
  void setUp() throws Exception {
    journal = Files.writeString(directory.resolve("journal"), JOURNAL);
    Files.createDirectory(directory.resolve("sub"));
    Files.createSymbolicLink(directory.resolve("link"), Path.of("journal"));
    Files.createSymbolicLink(directory.resolve("far"), directory.resolve("sub/../link"));
    Files.createSymbolicLink(directory.resolve("here"), Path.of("."));
    Files.createSymbolicLink(directory.resolve("dangling"), Path.of("new"));
    Files.createLink(directory.resolve("hard"), journal);
    Files.createSymbolicLink(directory.resolve("list.nul"), Path.of("journal"));
  }

  private void isRefused(String... options) {
    try (LotaEmulator lota = LotaEmulator.before(new MemoryOrigin().bucket("bucket")).start()) {
      for (int i = 1; i < options.length; i += 2) {
        options[i] = directory + "/" + options[i];
      }
      Cli.at(lota)
          .env("LOTA_PRESTAGE_BUCKET", "bucket")
          .run(List.of(options))
          .exits(2)
          .says("--journal")
          .noOutput();
      assertThat(lota.seen().rangedHeads() + lota.seen().lists()).isZero();
      assertThat(journal).hasContent(JOURNAL);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "journal, journal",
    "journal, ./journal",
    "journal, sub/../journal",
    "journal, here/journal",
    "journal, link",
    "link, journal",
    "far, journal",
    "hard, journal",
    "hard, far",
    "new, new",
    "new, dangling",
    "dangling, sub/../new",
    "list.nul, list",
    "journal, list",
    "new.nul, new",
  })
  void aJournalIsNotAlsoTheListOfFailures(String journalName, String listName) {
    isRefused("--journal", journalName, "--failed-to", listName);
  }

  @ParameterizedTest
  @CsvSource({"journal, --files-from", "link, --files-from", "hard, --files-from0"})
  void aJournalIsNotAlsoAListOfKeys(String name, String option) {
    isRefused("--journal", name, option, "journal");
  }

  @Test
  void aListOfFailuresDoesNotReplaceTheJournalOfAnotherRun() {
    try (LotaEmulator lota = LotaEmulator.before(new MemoryOrigin().bucket("bucket")).start()) {
      for (String name : new String[] {"journal", "link", "list"}) {
        Cli.at(lota)
            .run("--failed-to", directory.resolve(name), "s3://bucket/")
            .exits(3)
            .errContains("--failed-to " + directory.resolve(name));
        assertThat(journal).hasContent(JOURNAL);
      }
      assertThat(lota.seen().lists()).isZero();
    }
  }

  @Test
  void bothMayBeTheNullDevice() {
    MemoryOrigin origin = new MemoryOrigin().bucket("bucket").put("bucket", "key", 1);
    try (LotaEmulator lota = LotaEmulator.before(origin).start()) {
      Cli.at(lota).run("--journal /dev/null --failed-to /dev/null s3://bucket/").exits(0);
    }
  }
}
