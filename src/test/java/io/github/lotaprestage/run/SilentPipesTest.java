package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Result;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Named pipes that nothing reads or writes. They never keep a run from its end, and are named.
@Timeout(60)
class SilentPipesTest {

  @TempDir private Path directory;
  private Path pipe;
  private final LotaEmulator lota =
      LotaEmulator.before(new MemoryOrigin().bucket("bucket").put("bucket", "k", 1)).start();

  @BeforeEach
  void make() throws Exception {
    pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
  }

  @AfterEach
  void stop() {
    lota.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--merge-summaries",
        "s3://bucket/ --shard 0/2 --shard-bounds",
        "s3://bucket/ --ca-bundle",
        "s3://bucket/ --journal",
        "s3://bucket/ --failed-to"
      })
  void theDeadlineEndsAWait(String line) {
    String option = line.substring(line.lastIndexOf(' ') + 1);
    Cli.at(lota)
        .json("--max-duration 100ms " + line, pipe)
        .exits(5)
        .summary("status", "limited")
        .says("still waiting for")
        .says(option + " " + pipe);
  }

  @Test
  void theDoctorDoesNotWait() {
    Cli.at(lota)
        .run("--doctor s3://bucket/ --shard 0/2 --shard-bounds", pipe)
        .exits(2)
        .errContains("--shard-bounds " + pipe + ", because a pipe may keep it waiting");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--merge-summaries", "s3://bucket/ --shard 0/2 --shard-bounds"})
  void aSignalEndsAWait(String line) throws Exception {
    CompletableFuture<IntConsumer> handler = new CompletableFuture<>();
    CompletableFuture<Result> run =
        CompletableFuture.supplyAsync(
            () -> Cli.at(lota).signals(handler::complete).run("-o json " + line, pipe));
    handler.get().accept(15);
    run.get().exits(143).summary("status", "interrupted").says("still waiting for");
  }

  @Test
  void theConfigurationFileThatIsWaitedForIsNamed() {
    Cli.at(lota)
        .env("AWS_CONFIG_FILE", pipe.toString())
        .json("--max-duration 100ms s3://bucket/")
        .exits(5)
        .says("the configuration file " + pipe + " is a pipe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--summary-file", "--report"})
  void theSummaryIsPrintedIfNothingReadsAResultFile(String option) {
    Cli.at(lota)
        .json("s3://bucket/ " + option, pipe)
        .exits(3)
        .summary("prestaged", 1)
        .summary("exit_code", 3)
        .says(option + " " + pipe + " could not be written: it is a pipe that nothing reads");
  }
}
