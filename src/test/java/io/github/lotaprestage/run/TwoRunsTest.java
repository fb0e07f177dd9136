package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.OtherRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two runs that share a file, at the same time or one after the other.
@Timeout(120)
class TwoRunsTest {

  @TempDir private Path directory;
  private final MemoryOrigin origin = new MemoryOrigin().bucket("bucket").put("bucket", "key", 1);

  @ParameterizedTest
  @CsvSource({"--journal, JournalInUse", "--failed-to, FailedToInUse"})
  void aFileInUseEndsTheRunBeforeAnythingIsSent(String option, String code) throws Exception {
    Path file = directory.resolve("file");
    try (LotaEmulator lota = LotaEmulator.before(origin).start();
        OtherRun other = OtherRun.using(option, file)) {
      assertThat(other.answer()).isEqualTo("held");
      Cli.at(lota)
          .json(option, file, "s3://bucket/")
          .exits(3)
          .says(option + " " + file, "another run is using it", "wait until")
          .summary("error.code", code);
      assertThat(lota.seen().rangedHeads() + lota.seen().lists()).isZero();
    }
  }

  @Test
  void aDryRunReadsAJournalThatIsInUseAndLeavesAListAlone() throws Exception {
    Path journal = directory.resolve("journal");
    Path list = Files.writeString(directory.resolve("list"), "s3://bucket/key\n");
    try (LotaEmulator lota = LotaEmulator.before(origin).start();
        OtherRun other = OtherRun.using("--journal", journal)) {
      assertThat(other.answer()).isEqualTo("held");
      Cli.at(lota)
          .json("-n --journal", journal, "--failed-to", list, "--files-from", list)
          .exits(0)
          .planned(1);
      assertThat(list).hasContent("s3://bucket/key\n");
    }
  }

  @Test
  void whatWasStagedThroughAnotherEndpointIsStagedAgain() {
    String journal = directory.resolve("journal").toString();
    try (LotaEmulator one = LotaEmulator.before(origin).start();
        LotaEmulator other = LotaEmulator.before(origin).start()) {
      for (int i = 0; i < 2; i++) {
        Cli.at(one.endpoint()).run("--journal", journal, "s3://bucket/").exits(0);
        Cli.at(other.endpoint()).run("--journal", journal, "s3://bucket/").exits(0);
      }
      assertThat(one.seen().rangedHeads()).isEqualTo(1);
      assertThat(other.seen().rangedHeads()).isEqualTo(1);
    }
  }

  @Test
  void entriesOfAnOlderVersionCountWithOneWarning() throws Exception {
    Path journal = directory.resolve("journal");
    try (LotaEmulator lota = LotaEmulator.before(origin).start()) {
      Cli.at(lota).run("--journal", journal, "s3://bucket/");
      Files.writeString(journal, Files.readString(journal).replaceAll(",\"endpoint\":.*\"}", "}"));
      Cli.at(lota)
          .run("--journal", journal, "s3://bucket/")
          .exits(0)
          .says("warn", "entries of an older version", "(1)");
      assertThat(lota.seen().rangedHeads()).isEqualTo(1);
    }
  }
}
