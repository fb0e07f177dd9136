package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// `--nodes`, `--cache-capacity` and `--max-fill-rate` from their values to the HEADs.
@Timeout(120)
class CapacityTest {

  private static final long MIB = 1 << 20;

  private final MemoryOrigin origin = new MemoryOrigin().bucket("bucket");
  private volatile Fault.Plan faults = (_, _, _, _) -> Fault.NONE;
  private final LotaEmulator lota =
      LotaEmulator.before(origin)
          .keepNothing()
          .faults((request, bucket, key, attempt) -> faults.of(request, bucket, key, attempt))
          .start();

  @TempDir private Path directory;

  CapacityTest() {
    for (int i = 0; i < 10; i++) {
      origin.put("bucket", "d/k" + i, MIB);
    }
  }

  @AfterEach
  void stop() {
    lota.close();
  }

  @Test
  void aRunStagesWhatFitsAndSkipsTheRest() throws IOException {
    Path failed = directory.resolve("failed");
    Result result =
        Cli.at(lota)
            .json("--cache-capacity 4MiB --failed-to", failed, "s3://bucket/d/")
            .exits(5)
            .says(
                "stopped at the capacity of the cache: 6 of 10 objects (6.0 MiB) do not fit into"
                    + " 4.0 MiB, of which 4.0 MiB are taken; select less, or raise --nodes")
            .prestaged(4)
            .skipped(6)
            .summary("status", "limited");
    assertThat(result.objects())
        .filteredOn(object -> object.has("reason"))
        .allSatisfy(
            object -> assertThat(object.get("reason").asString()).isEqualTo("over-capacity"));
    assertThat(lota.seen().rangedHeads()).isEqualTo(4);
    assertThat(Files.readAllLines(failed)).hasSize(6);
  }

  /// The listing decides, and not the order in which objects are staged.
  @Test
  void aRunWithTheSameOptionsSkipsTheSameObjects() {
    origin.put("bucket", "d/k5", 4 * MIB).put("bucket", "d/k95", 3 * MIB);
    for (String more : List.of("-c 1", "-c 300", "-c 300 --order listed")) {
      lota.seen().successes().clear();
      Cli.at(lota)
          .run(more + " --cache-capacity 8MiB s3://bucket/d/")
          .exits(5)
          .prestaged(8)
          .skipped(3);
      assertThat(lota.seen().successes().keySet())
          .as(more)
          .doesNotContain("s3://bucket/d/k5", "s3://bucket/d/k9", "s3://bucket/d/k95");
    }
  }

  @Test
  void allLimitsThatAppliedAreNamed() {
    CountDownLatch never = new CountDownLatch(1);
    faults =
        (request, _, key, _) ->
            request.method().equals("HEAD") && key.equals("d/k3")
                ? new Fault.Hold(never)
                : Fault.NONE;
    Result result =
        Cli.at(lota)
            .run("--cache-capacity 4MiB --max-duration 1s --grace 0s s3://bucket/d/")
            .exits(5);
    assertThat(result.said())
        .contains(
            "stopped at --max-duration: 3 of 10 objects staged",
            "stopped at the capacity of the cache: 6 of 10 objects");
    never.countDown();
  }

  @Test
  void smallerObjectsMayStillFit() {
    origin.put("bucket", "e/large", 10 * MIB).put("bucket", "e/small", 1);
    Cli.at(lota).run("--cache-capacity 2MiB s3://bucket/e/").exits(5).prestaged(1).skipped(1);
    assertThat(lota.seen().successes()).containsOnlyKeys("s3://bucket/e/small");
  }

  @Test
  void whatFitsExactlyIsStaged() {
    Cli.at(lota).run("--cache-capacity 10MiB s3://bucket/d/").exits(0).prestaged(10).silent();
    Cli.at(lota).run("--nodes 5 --node-cache 2MiB s3://bucket/d/").exits(0).prestaged(10).silent();
  }

  /// LOTA may have fetched it nevertheless.
  @Test
  void anObjectThatFailsKeepsItsShare() {
    faults =
        (request, _, key, _) ->
            request.method().equals("HEAD") && key.equals("d/k0")
                ? Fault.status(403, "AccessDenied")
                : Fault.NONE;
    Cli.at(lota)
        .run("-c 1 --order listed --cache-capacity 4MiB s3://bucket/d/")
        .exits(1)
        .prestaged(3)
        .failed(1)
        .skipped(6);
  }

  @Test
  void namedKeysAreLookedUpFirst() {
    Cli.at(lota)
        .run("--cache-capacity 4MiB s3://bucket/d/k{0..9}")
        .exits(5)
        .prestaged(4)
        .skipped(6);
    assertThat(lota.seen().lists()).isEqualTo(1);
  }

  @Test
  void whatAnEarlierRunStagedTakesItsSize() {
    Path journal = directory.resolve("journal");
    Cli.at(lota).run("--journal", journal, "s3://bucket/d/k{0..2}").exits(0).prestaged(3);
    Cli.at(lota)
        .run("-c 1 --order listed --cache-capacity 5MiB --journal", journal, "s3://bucket/d/")
        .exits(5)
        .prestaged(2)
        .skipped(8);
  }

  /// New objects come first, and then those that the journal counts.
  @Test
  void aCacheThatIsOverfullInTheEndIsNoSuccess() {
    Path journal = directory.resolve("journal");
    Cli.at(lota).run("--journal", journal, "s3://bucket/d/k{5..9}").exits(0).prestaged(5);
    Cli.at(lota)
        .run("-c 1 --order listed --cache-capacity 6MiB --journal", journal, "s3://bucket/d/")
        .exits(5)
        .prestaged(5)
        .says("the cache holds 6.0 MiB, but the objects of this run take 10.0 MiB");
  }

  @Test
  void aDryRunThatRefusesMayReadStandardInput() {
    Cli.at(lota)
        .input("d/k0\n")
        .run("-n --cache-capacity 1GiB --capacity-policy refuse -b bucket --files-from -")
        .exits(0)
        .planned(1);
  }

  @Test
  void aPipeCannotBeReadTwice() {
    Cli.at(lota)
        .run("--cache-capacity 1GiB --capacity-policy refuse -b bucket --files-from /dev/null")
        .exits(2)
        .says("which standard input and pipes do not");
  }

  @Test
  void aRefusedRunSendsNothing() {
    Cli.at(lota)
        .run("--cache-capacity 9MiB --capacity-policy refuse s3://bucket/d/")
        .exits(5)
        .says("nothing was staged: 10.0 MiB do not fit into the 9.0 MiB of the cache");
    assertThat(lota.seen().rangedHeads()).isZero();
    Cli.at(lota)
        .run("--cache-capacity 10MiB --capacity-policy refuse s3://bucket/d/")
        .exits(0)
        .prestaged(10);
  }

  @Test
  void aDryRunSaysWhetherEverythingFits() {
    Cli.at(lota)
        .run("-n --cache-capacity 9MiB s3://bucket/d/")
        .exits(0)
        .planned(10)
        .says("10.0 MiB do not fit into the 9.0 MiB of the cache");
    Cli.at(lota)
        .run("-n --cache-capacity 9MiB --capacity-policy refuse s3://bucket/d/")
        .exits(5)
        .planned(10);
    Cli.at(lota).run("-n --cache-capacity 10MiB s3://bucket/d/").exits(0).silent();
    Cli.at(lota)
        .run("-n --cache-capacity 10485759 s3://bucket/d/")
        .says("10,485,760 B do not fit into the 10,485,759 B of the cache");
  }

  @Test
  void aListingThatFailsIsNotTakenForAFit() {
    faults =
        (request, _, key, _) ->
            request.method().equals("GET") && key.isEmpty()
                ? Fault.status(403, "AccessDenied")
                : Fault.NONE;
    Cli.at(lota).run("--cache-capacity 1GiB --capacity-policy refuse s3://bucket/d/").exits(3);
    assertThat(lota.seen().rangedHeads()).isZero();
  }

  /// Eight objects of one MiB fit into the cache, and another job has filled half of it.
  @ParameterizedTest
  @CsvSource({
    "--cache-capacity 4MiB, 5, 0, 0",
    "--cache-capacity 4MiB --capacity-policy refuse, 5, 0, 0",
    "'', 0, 4, 2"
  })
  void theGuardKeepsWhatOtherJobsUse(String options, int code, int ofOthers, int own) {
    for (int i = 0; i < 4; i++) {
      origin.put("bucket", "other-job/k" + i, MIB);
    }
    try (LotaEmulator small = LotaEmulator.before(origin).capacity(8 * MIB).start()) {
      Cli.at(small).run("s3://bucket/other-job/").exits(0).prestaged(4);
      Cli.at(small).run(options + " s3://bucket/d/").exits(code);
      assertThat(small.evicted("s3://bucket/other-job/")).isEqualTo(ofOthers);
      assertThat(small.evicted("s3://bucket/d/")).isEqualTo(own);
    }
  }

  @Test
  void aRunWithoutALimitWarnsWhenItIsLarge() {
    MemoryOrigin large = new MemoryOrigin();
    large.generate("bucket", 4, "k%d"::formatted, _ -> 400L << 30);
    try (LotaEmulator started = LotaEmulator.before(large).countOnly().start()) {
      Cli.at(started)
          .run("s3://bucket/")
          .exits(0)
          .says("this run stages more than 1 TiB; set --nodes");
    }
  }

  @Test
  void theFillRateDelaysObjects() {
    JsonNode summary =
        Cli.at(lota)
            .json("--max-fill-rate 20MiB/s s3://bucket/d/")
            .exits(0)
            .prestaged(10)
            .summary();
    assertThat(summary.get("elapsed_seconds").asDouble()).isGreaterThan(0.2);
  }

  @Test
  void manyRequestsAreWarnedOf() {
    Cli.at(lota).run("-c 501 s3://bucket/d/").exits(0).says("--concurrency 501: ");
    Cli.at(lota).run("-c 500 s3://bucket/d/").exits(0).silent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--nodes 1 --cache-capacity 1GiB|give either --nodes or --cache-capacity",
        "--node-cache 1GiB|--node-cache needs --nodes",
        "--capacity-policy stop|--capacity-policy needs --nodes or --cache-capacity",
        "--cache-capacity 0|must be greater than zero",
        "--nodes 0|--nodes must be a whole number from 1",
        "--max-fill-rate 0|--max-fill-rate must be a size per second greater than zero",
        "--max-fill-rate 5x/s|--max-fill-rate must be a size per second",
        "--cache-capacity 1GiB --capacity-policy refuse --files-from -|which standard input and pipes do not",
      })
  void optionsThatDoNotGoTogetherAreRefused(String options, String problem) {
    Cli.at(lota).run(options + " s3://bucket/d/").exits(2).says(problem);
  }

  @Test
  void theCommandLineWinsOverTheEnvironment() {
    Cli.at(lota)
        .env("LOTA_PRESTAGE_NODES", "8")
        .run("--cache-capacity 4MiB s3://bucket/d/")
        .exits(5)
        .prestaged(4);
    Cli.at(lota)
        .env("LOTA_PRESTAGE_CACHE_CAPACITY", "1MiB")
        .run("--nodes 1 s3://bucket/d/")
        .exits(0)
        .prestaged(10);
  }

  @Test
  void sizesThatDoNotFitIntoANumberAreNoProblem() {
    Cli.at(lota).run("--nodes 1000000 --node-cache 7EiB s3://bucket/d/").exits(0).prestaged(10);
  }
}
