package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.Result;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `--capacity-policy refuse`: everything is listed before the first HEAD, and the run can end in
/// the meantime.
@Timeout(60)
class RefuseTest extends AgainstLota {

  private static final String REFUSE = "--cache-capacity 1GiB --capacity-policy refuse ";

  private final CountDownLatch never = new CountDownLatch(1);
  private final CountDownLatch holding = new CountDownLatch(1);

  @AfterEach
  void letGo() {
    never.countDown();
  }

  /// The second page of the listing never comes.
  private LotaEmulator hanging() {
    IntStream.range(0, 1500).forEach(i -> origin.put("bucket", "k%04d".formatted(i), 1));
    AtomicInteger pages = new AtomicInteger();
    return faulty((request, _, key, _) -> {
      if (!key.isEmpty() || pages.incrementAndGet() == 1) {
        return Fault.NONE;
      }
      holding.countDown();
      return new Fault.Hold(never);
    });
  }

  @Test
  void aSignalEndsThePlanningAtOnce() throws Exception {
    CompletableFuture<IntConsumer> handler = new CompletableFuture<>();
    LotaEmulator lota = hanging();
    CompletableFuture<Result> run =
        CompletableFuture.supplyAsync(() ->
            Cli.at(lota)
                .signals(handler::complete)
                .json(REFUSE + "--list-concurrency 1 --grace 1h s3://bucket/"));
    holding.await();
    handler.get().accept(2);
    run.get()
        .exits(130)
        .summary("status", "interrupted")
        .summary("listing_complete", false)
        .prestaged(0);
    assertThat(lota.seen().rangedHeads()).isZero();
  }

  /// As in any other run, the objects that can be listed within the grace period are reported.
  @Test
  void theDeadlineEndsThePlanningAndWhatIsLeftIsReported() {
    LotaEmulator lota = hanging();
    Cli.at(lota)
        .json(REFUSE + "--list-concurrency 1 --max-duration 1s --grace 1s s3://bucket/")
        .exits(5)
        .says("stopped at --max-duration: ")
        .summary("status", "limited")
        .summary("listing_complete", false)
        .prestaged(0);
    assertThat(lota.seen().rangedHeads()).isZero();
  }

  /// After the first listing of the chosen checkpoint, another one becomes the newest.
  @Test
  void bothPassesUseTheSameChoice() {
    putCheckpoint("run/step-900/");
    LotaEmulator lota =
        faulty((request, _, _, _) -> {
          if (request.query().contains("step-900") && !request.query().contains("delimiter")) {
            putCheckpoint("run/step-1000/");
          }
          return Fault.NONE;
        });
    Result result = Cli.at(lota).json(REFUSE + "--latest 1 s3://bucket/run/").exits(0).prestaged(2);
    assertThat(result.said().lines().filter(line -> line.contains(": chose "))).hasSize(1);
    assertThat(result.summary().get("chosen").size()).isEqualTo(1);
    assertThat(result.summary().get("chosen").get(0).get("child").asString()).isEqualTo("step-900");
    assertThat(lota.seen().successes().keySet())
        .allMatch(uri -> uri.startsWith("s3://bucket/run/step-900/"));
  }

  private void putCheckpoint(String directory) {
    origin.put("bucket", directory + ".metadata", 1).put("bucket", directory + "__0_0.distcp", 1);
  }

  /// Nothing of the other version is staged, because it was not in the plan.
  @Test
  void aManifestThatIsReplacedAfterThePlanningIsAFailure() {
    String manifest =
        "{\"version\": 2, \"shards\": [{\"raw_data\": {\"basename\": \"%s\", \"bytes\": 7}}]}";
    origin.put("bucket", "d/small", 7).put("bucket", "d/large", 7);
    origin.text("bucket", "d/index.json", manifest.formatted("small"));
    AtomicInteger gets = new AtomicInteger();
    LotaEmulator lota =
        faulty((request, _, key, _) -> {
          if (key.endsWith("index.json") && gets.incrementAndGet() == 2) {
            origin.text("bucket", "d/index.json", manifest.formatted("large, and longer"));
          }
          return Fault.NONE;
        });
    Cli.at(lota)
        .json(REFUSE + "--manifest s3://bucket/d/index.json")
        .exits(3)
        .says(
            "GET s3://bucket/d/index.json: PreconditionFailed: the object was replaced",
            "run the same command again")
        .summary("metadata_reads", 2)
        .prestaged(0);
    assertThat(lota.seen().rangedHeads()).isZero();
  }

  @Test
  void everyProblemOfThePlanningIsReportedOnce() {
    origin.put("bucket", "a/k", 1);
    LotaEmulator lota =
        faulty((request, _, _, _) ->
            request.query().contains("denied") ? Fault.status(403, "AccessDenied") : Fault.NONE);
    Result result =
        Cli.at(lota)
            .json(REFUSE + "s3://bucket/denied1/ s3://bucket/a/ s3://bucket/denied2/")
            .exits(3)
            .prestaged(0);
    assertThat(result.said().lines().filter(line -> line.contains("LIST s3://bucket/denied1/")))
        .hasSize(1);
    assertThat(result.said().lines().filter(line -> line.contains("LIST s3://bucket/denied2/")))
        .hasSize(1);
    assertThat(lota.seen().rangedHeads()).isZero();
  }

  @Test
  void aRefusedRunSaysHowMuchItListed() {
    IntStream.range(0, 10).forEach(i -> origin.put("bucket", "k" + i, 10));
    Cli.at(lota())
        .json("--cache-capacity 99 --capacity-policy refuse s3://bucket/")
        .exits(5)
        .summary("status", "limited")
        .summary("listed", 10)
        .prestaged(0);
  }

  /// Otherwise a loop that stages the list until it is empty would take everything for staged.
  @Test
  void aRefusedRunNamesWhatItLeft(@TempDir Path directory) throws Exception {
    IntStream.range(0, 10).forEach(i -> origin.put("bucket", "k" + i, 10));
    Path left = directory.resolve("left");
    LotaEmulator lota = lota();
    Cli.at(lota)
        .json("--cache-capacity 99 --capacity-policy refuse --failed-to " + left + " s3://bucket/")
        .exits(5)
        .summary("listing_complete", true)
        .summary("selected", 10)
        .summary("skipped", 10)
        .prestaged(0);
    assertThat(left).content().hasLineCount(10).contains("s3://bucket/k0\n", "s3://bucket/k9\n");
    assertThat(lota.seen().rangedHeads()).isZero();
    Cli.at(lota)
        .run("--cache-capacity 100 --capacity-policy refuse --files-from " + left)
        .exits(0)
        .prestaged(10);
  }
}
