package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void aJournalIsNotReplacedByAListOfFailures() throws Exception {
    fill(1);
    try (LotaEmulator lota = lota()) {
      Cli.at(lota.endpoint()).run("--journal", path("j"), "s3://bucket/data/");
      Result result = Cli.at(lota.endpoint()).run("--failed-to", path("j"), "s3://bucket/");
      assertThat(result.code()).isEqualTo(3);
      assertThat(result.err())
          .contains("it is a journal, which would be lost", "use another file")
          .doesNotContain("permissions");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWS_CONFIG_FILE",
        "AWS_SHARED_CREDENTIALS_FILE",
        "AWS_CA_BUNDLE",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"
      })
  void aFileOfTheConfigurationIsNotOverwritten(String variable) throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "kept");
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    Path hardLink = Files.createLink(directory.resolve("hard link"), file);
    for (String option :
        List.of("--summary-file", "--report", "--metrics-file", "--failed-to", "--journal")) {
      for (Path name : List.of(file, link, hardLink)) {
        Cli.at("http://127.0.0.1:1")
            .env(variable, file.toString())
            .run("s3://bucket/k " + option, name)
            .exits(2)
            .errContains("which is also read as");
      }
    }
    assertThat(file).hasContent("kept");
  }

  @Test
  void aSecondRunSendsOnlyWhatIsNotInTheJournal() throws Exception {
    fill(50);
    broken = "k01";
    try (LotaEmulator lota = lota()) {
      String line = "s3://bucket/data/ --journal " + path("j");
      Cli.at(lota).json(line).exits(1).prestaged(40);
      assertThat(Files.readAllLines(directory.resolve("j"))).hasSize(41);

      broken = "none";
      origin.put("bucket", "data/k005", 4711); // another version
      origin.put("bucket", "data/new", 1);
      Result second = Cli.at(lota).json(line).exits(0).selected(51).prestaged(12).skipped(39);
      assertThat(lota.seen().rangedHeads()).isEqualTo(50 + 12);
      assertThat(
              second.objects().stream().filter(o -> o.get("status").asString().equals("skipped")))
          .allSatisfy(o -> assertThat(o.get("reason").asString()).isEqualTo("journal"));

      Cli.at(lota).json(line).exits(0);
      assertThat(lota.seen().rangedHeads()).isEqualTo(50 + 12);
    }
  }

  @Test
  void namedKeysAreLookedUpToSkipThem() {
    fill(3);
    try (LotaEmulator lota = lota()) {
      String line = "-b bucket -k data/k000 -k data/k001 --journal " + path("j");
      Cli.at(lota).json(line).exits(0);
      assertThat(lota.seen().lists()).isZero();
      origin.put("bucket", "data/k001", 4711);
      Cli.at(lota).json(line).prestaged(1).skipped(1);
      assertThat(lota.seen().rangedHeads()).isEqualTo(3);
    }
  }

  @Test
  void aDryRunReadsAJournalAndStartsNone() {
    fill(3);
    try (LotaEmulator lota = lota()) {
      String dry = "-n s3://bucket/data/ --journal " + path("j");
      Cli.at(lota).json(dry).planned(3);
      assertThat(directory.resolve("j")).doesNotExist();
      Cli.at(lota).run("--journal", path("j"), "s3://bucket/data/k00*");
      Cli.at(lota).json(dry).skipped(3);
    }
  }

  @Test
  void aFileThatIsNoJournalIsRefusedBeforeAnythingIsSent() throws Exception {
    fill(1);
    Path list = Files.writeString(directory.resolve("list"), "s3://bucket/data/k000\n");
    try (LotaEmulator lota = lota()) {
      Cli.at(lota)
          .run("--journal", list, "s3://bucket/data/")
          .exits(2)
          .says(list + " is not a journal");
      assertThat(lota.seen().rangedHeads() + lota.seen().lists()).isZero();
    }
    assertThat(list).hasContent("s3://bucket/data/k000\n");
  }

  @Test
  void filesThatCannotBeWrittenAreNamedBeforeAnythingIsSent() {
    fill(1);
    try (LotaEmulator lota = lota()) {
      for (String option : List.of("--journal", "--failed-to")) {
        Cli.at(lota)
            .json(option, "/no/such/directory/file", "s3://bucket/")
            .exits(3)
            .says(option + " /no/such/directory/file", "no such directory", "check its path")
            .summary("exit_code", 3);
      }
      assertThat(lota.seen().rangedHeads() + lota.seen().lists()).isZero();
    }
  }

  @Test
  void aFullDiskIsNoSuccess() {
    fill(30);
    broken = "k00";
    try (LotaEmulator lota = lota()) {
      Result journal = Cli.at(lota).json("--journal /dev/full s3://bucket/data/");
      journal.exits(3).says("--journal /dev/full", "No space left");
      Cli.at(lota)
          .json("--failed-to /dev/full s3://bucket/data/")
          .exits(3)
          .errContains("--failed-to /dev/full is not complete: No space left")
          .prestaged(20)
          .summary("error.code", "FailedToIncomplete");
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
      Cli.at(lota).run("--failed-to", list, "s3://bucket/data/").exits(1);
      assertThat(Files.readAllLines(list))
          .hasSize(11)
          .contains("s3://bucket/data/ ünï 😀 k01", "s3://bucket/data/k010");
      assertThat(nul).hasContent("s3://bucket/data/new\nline k01\0");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(list)))
          .isEqualTo("rw-------");

      broken = "none";
      Cli.at(lota)
          .run("--failed-to %1$s --files-from %1$s --files-from0 %2$s".formatted(list, nul))
          .exits(0);
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
      Cli.at(lota)
          .run("--failed-to", path("failed"), "s3://bucket/data/")
          .exits(3)
          .errContains("--failed-to is incomplete because listing did not finish");
    }
  }
}
