package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a run leaves for the next one: the journal and the list of failures.
@Timeout(120)
class RunFilesTest {

  @TempDir private Path directory;
  private final MemoryOrigin origin = new MemoryOrigin().bucket("bucket");
  private volatile String broken = "none";

  private LotaEmulator lota() {
    return LotaEmulator.before(origin)
        .keepNothing()
        .faults((request, _, key, _) ->
            request.method().equals("HEAD") && key.contains(broken)
                ? Fault.status(403, "AccessDenied")
                : Fault.NONE)
        .start();
  }

  private void fill(int objects) {
    for (int i = 0; i < objects; i++) {
      origin.put("bucket", "data/k%03d".formatted(i), 1 + i);
    }
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  @Test
  void aSecondRunSendsOnlyWhatIsNotInTheJournal() throws Exception {
    fill(50);
    broken = "k01";
    try (LotaEmulator lota = lota()) {
      String[] command = {"-o", "json", "--journal", path("j"), "s3://bucket/data/"};
      Cli.Result first = Cli.at(lota.endpoint()).run(command);
      assertThat(first.code()).isEqualTo(1);
      assertThat(first.summary().get("prestaged").asInt()).isEqualTo(40);
      assertThat(Files.readAllLines(directory.resolve("j"))).hasSize(41);

      broken = "none";
      origin.put("bucket", "data/k005", 4711); // another version
      origin.put("bucket", "data/new", 1);
      Cli.Result second = Cli.at(lota.endpoint()).run(command);
      assertThat(second.code()).isZero();
      assertThat(second.summary().get("selected").asInt()).isEqualTo(51);
      assertThat(second.summary().get("prestaged").asInt()).isEqualTo(12);
      assertThat(second.summary().get("skipped").asInt()).isEqualTo(39);
      assertThat(lota.seen().rangedHeads()).isEqualTo(50 + 12);
      assertThat(
              second.objects().stream().filter(o -> o.get("status").asString().equals("skipped")))
          .allSatisfy(o -> assertThat(o.get("reason").asString()).isEqualTo("journal"));

      Cli.Result third = Cli.at(lota.endpoint()).run(command);
      assertThat(third.code()).isZero();
      assertThat(lota.seen().rangedHeads()).isEqualTo(50 + 12);
    }
  }

  @Test
  void namedKeysAreLookedUpToSkipThem() {
    fill(3);
    try (LotaEmulator lota = lota()) {
      String[] command = {
        "-o", "json", "--journal", path("j"), "-b", "bucket", "-k", "data/k000", "-k", "data/k001"
      };
      assertThat(Cli.at(lota.endpoint()).run(command).code()).isZero();
      assertThat(lota.seen().lists()).isZero();
      origin.put("bucket", "data/k001", 4711);
      Cli.Result second = Cli.at(lota.endpoint()).run(command);
      assertThat(second.summary().get("prestaged").asInt()).isEqualTo(1);
      assertThat(second.summary().get("skipped").asInt()).isEqualTo(1);
      assertThat(lota.seen().rangedHeads()).isEqualTo(3);
    }
  }

  @Test
  void aDryRunReadsAJournalAndStartsNone() {
    fill(3);
    try (LotaEmulator lota = lota()) {
      String[] dry = {"-n", "-o", "json", "--journal", path("j"), "s3://bucket/data/"};
      assertThat(Cli.at(lota.endpoint()).run(dry).summary().get("planned").asInt()).isEqualTo(3);
      assertThat(directory.resolve("j")).doesNotExist();
      Cli.at(lota.endpoint()).run("--journal", path("j"), "s3://bucket/data/k00*");
      assertThat(Cli.at(lota.endpoint()).run(dry).summary().get("skipped").asInt()).isEqualTo(3);
    }
  }

  @Test
  void aFileThatIsNoJournalIsRefusedBeforeAnythingIsSent() throws Exception {
    fill(1);
    Path list = Files.writeString(directory.resolve("list"), "s3://bucket/data/k000\n");
    try (LotaEmulator lota = lota()) {
      Cli.Result result =
          Cli.at(lota.endpoint()).run("--journal", list.toString(), "s3://bucket/data/");
      assertThat(result.code()).isEqualTo(2);
      assertThat(result.err()).contains(list + " is not a journal").hasLineCount(1);
      assertThat(lota.seen().rangedHeads() + lota.seen().lists()).isZero();
    }
    assertThat(list).hasContent("s3://bucket/data/k000\n");
  }

  @Test
  void filesThatCannotBeWrittenAreNamedBeforeAnythingIsSent() {
    fill(1);
    try (LotaEmulator lota = lota()) {
      for (String option : List.of("--journal", "--failed-to")) {
        Cli.Result result =
            Cli.at(lota.endpoint())
                .run("-o", "json", option, "/no/such/directory/file", "s3://bucket/");
        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err())
            .contains(option + " /no/such/directory/file", "no such directory", "check its path")
            .hasLineCount(1);
        assertThat(result.summary().get("exit_code").asInt()).isEqualTo(3);
      }
      assertThat(lota.seen().rangedHeads() + lota.seen().lists()).isZero();
    }
  }

  @Test
  void aFullDiskIsNoSuccess() {
    fill(30);
    broken = "k00";
    try (LotaEmulator lota = lota()) {
      Cli.Result journal =
          Cli.at(lota.endpoint()).run("-o", "json", "--journal", "/dev/full", "s3://bucket/data/");
      assertThat(journal.code()).isEqualTo(3);
      assertThat(journal.err()).contains("--journal /dev/full", "No space left").hasLineCount(1);
      Cli.Result failures =
          Cli.at(lota.endpoint())
              .run("-o", "json", "--failed-to", "/dev/full", "s3://bucket/data/");
      assertThat(failures.code()).isEqualTo(3);
      assertThat(failures.err()).contains("--failed-to /dev/full is not complete: No space left");
      assertThat(failures.summary().get("prestaged").asInt()).isEqualTo(20);
      assertThat(failures.summary().get("error").get("code").asString())
          .isEqualTo("FailedToIncomplete");
    }
  }

  @Test
  void theListOfFailuresIsTheNextRunsInput() throws Exception {
    fill(20);
    origin.put("bucket", "data/new\nline k01", 1).put("bucket", "data/ ünï 😀 k01", 1);
    broken = "k01";
    Path list = directory.resolve("failed");
    Path nul = directory.resolve("failed.nul");
    try (LotaEmulator lota = lota()) {
      Cli.Result first =
          Cli.at(lota.endpoint()).run("--failed-to", list.toString(), "s3://bucket/data/");
      assertThat(first.code()).isEqualTo(1);
      assertThat(Files.readAllLines(list))
          .hasSize(11)
          .contains("s3://bucket/data/ ünï 😀 k01", "s3://bucket/data/k010");
      assertThat(nul).hasContent("s3://bucket/data/new\nline k01\0");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(list)))
          .isEqualTo("rw-------");

      broken = "none";
      String[] again = {
        "--failed-to", list.toString(),
        "--files-from", list.toString(),
        "--files-from0", nul.toString()
      };
      Cli.Result second = Cli.at(lota.endpoint()).run(again);
      assertThat(second.code()).isZero();
      assertThat(lota.seen().successes()).hasSize(22);
      assertThat(lota.seen().rangedHeads()).isEqualTo(22 + 12);
      assertThat(list).isEmptyFile();
      assertThat(nul).doesNotExist();
      assertThat(directory.toFile().list()).containsExactly("failed");
    }
  }

  @Test
  void aListOfFailuresThatCannotBeCompleteIsSaidToBeSo() {
    fill(20);
    try (LotaEmulator lota =
        LotaEmulator.before(origin)
            .faults((request, _, _, _) ->
                request.method().equals("GET") ? Fault.status(403, "AccessDenied") : Fault.NONE)
            .start()) {
      Cli.Result result =
          Cli.at(lota.endpoint()).run("--failed-to", path("failed"), "s3://bucket/data/");
      assertThat(result.code()).isEqualTo(3);
      assertThat(result.err()).contains("--failed-to is incomplete because listing did not finish");
    }
  }
}
