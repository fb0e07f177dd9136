package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Answer;
import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Request;
import io.github.lotaprestage.fixture.Result;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What happens to batch jobs on a busy cluster: storms, stalls, deadlines, signals, hopeless runs.
@Timeout(180)
class TroubleTest {

  private final MemoryOrigin origin = new MemoryOrigin().bucket("bucket");

  private void fill(int objects) {
    for (int i = 0; i < objects; i++) {
      origin.put("bucket", "k%05d".formatted(i), 1 + i % 7);
    }
  }

  private LotaEmulator lota(Fault.Plan faults) {
    return LotaEmulator.before(origin).keepNothing().faults(faults).start();
  }

  private static boolean isHead(Request request) {
    return request.method().equals("HEAD");
  }

  private static void assertAddsUp(JsonNode summary) {
    assertThat(
            summary.get("prestaged").asLong()
                + summary.get("skipped").asLong()
                + summary.get("failed").asLong()
                + summary.get("planned").asLong())
        .isEqualTo(summary.get("selected").asLong());
  }

  @Test
  void aStormEndsWithEverythingStagedAndFewRequestsWasted() {
    int objects = 3000;
    fill(objects);
    try (LotaEmulator lota =
        LotaEmulator.before(origin)
            .keepNothing()
            .throttleAbove(40)
            .originLatency(Duration.ofMillis(5))
            .start()) {
      Cli.at(lota)
          .json("s3://bucket")
          .exits(0)
          .prestaged(objects)
          .summary("throttled", n -> n.isPositive());
      assertThat((double) lota.seen().rangedHeads() / objects).isLessThan(1.5);
    }
  }

  @Test
  void retryAfterIsHonoured() {
    fill(1);
    try (LotaEmulator lota =
        lota((request, _, _, attempt) ->
            isHead(request) && attempt == 1
                ? new Fault.Status(503, "SlowDown", Map.of("Retry-After", "1"))
                : Fault.NONE)) {
      Result result = Cli.at(lota).json("s3://bucket");
      assertThat(result.objects().getFirst().get("duration_ms").asLong())
          .isGreaterThanOrEqualTo(1000);
    }
  }

  @Test
  void aStalledHeadIsCutAndRetried() {
    fill(20);
    try (LotaEmulator lota =
        lota((request, _, key, attempt) ->
            isHead(request) && key.endsWith("7") && attempt == 1
                ? new Fault.Broken(Answer.Fate.STALLED)
                : Fault.NONE)) {
      Cli.at(lota).json("--attempt-timeout 200ms s3://bucket").exits(0).summary("retries", 2);
    }
  }

  @Test
  void aStalledHeadFailsIfItsOnlyAttemptIsCut() {
    fill(20);
    try (LotaEmulator lota =
        lota((request, _, key, _) ->
            isHead(request) && key.endsWith("7")
                ? new Fault.Broken(Answer.Fate.STALLED)
                : Fault.NONE)) {
      Cli.at(lota)
          .json("--attempt-timeout 200ms --max-attempts 1 s3://bucket")
          .exits(1)
          .failed(2)
          .prestaged(18)
          .summary("retries", 0);
    }
  }

  @Test
  void aHeadThatNeverAnswersIsReported() {
    fill(2);
    try (LotaEmulator lota =
        lota((request, _, key, _) ->
            isHead(request) && key.equals("k00001")
                ? new Fault.Broken(Answer.Fate.STALLED)
                : Fault.NONE)) {
      Result result =
          Cli.at(lota).json("-q --attempt-timeout 100ms --max-attempts 2 s3://bucket").exits(1);
      JsonNode failed = result.objects().getFirst();
      assertThat(failed.get("error").get("code").asString()).isEqualTo("ReadTimeout");
      assertThat(failed.get("attempts").asInt()).isEqualTo(2);
    }
  }

  @Test
  void theDeadlineLetsHeadsInFlightFinishAndAccountsForTheRest() {
    fill(1500);
    CountDownLatch never = new CountDownLatch(1);
    try (LotaEmulator lota =
        lota((request, _, key, _) ->
            isHead(request) && key.compareTo("k00010") >= 0 ? new Fault.Hold(never) : Fault.NONE)) {
      Result result =
          Cli.at(lota).json("-c 20 --max-duration 1s --grace 300ms s3://bucket").exits(5);
      JsonNode summary = result.summary();
      assertAddsUp(summary);
      assertThat(summary.get("status").asString()).isEqualTo("limited");
      int selected = summary.get("selected").asInt();
      assertThat(summary.get("listing_complete").asBoolean()).isEqualTo(selected == 1500);
      assertThat(summary.get("prestaged").asInt()).isLessThanOrEqualTo(10);
      int skipped = summary.get("skipped").asInt();
      assertThat(
              result.objects().stream().filter(o -> o.get("status").asString().equals("skipped")))
          .hasSize(skipped)
          .allSatisfy(o -> assertThat(o.get("reason").asString()).isEqualTo("deadline"));
      result.says("stopped at --max-duration: %d of ".formatted(selected - skipped));
      never.countDown();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1h", "20000w", "P400000000000D"})
  void aRunThatIsFasterThanItsDeadlineDoesNotNoticeIt(String deadline) {
    fill(10);
    try (LotaEmulator lota = lota((_, _, _, _) -> Fault.NONE)) {
      Cli.at(lota).run("--max-duration " + deadline + " s3://bucket").exits(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 130", "15, 143"})
  void theFirstSignalStopsInGoodOrder(int signal, int code) throws Exception {
    fill(1500);
    CountDownLatch holding = new CountDownLatch(20);
    CountDownLatch finish = new CountDownLatch(1);
    AtomicReference<IntConsumer> signals = new AtomicReference<>(_ -> {});
    try (LotaEmulator lota =
        lota((request, _, key, _) -> {
          if (!isHead(request)) {
            return Fault.NONE;
          }
          holding.countDown();
          return new Fault.Hold(key.equals("k00000") ? finish : new CountDownLatch(1));
        })) {
      CompletableFuture<Result> run =
          CompletableFuture.supplyAsync(() ->
              Cli.at(lota)
                  .signals(signals::set)
                  .json("-c 20 --order listed --grace 1s s3://bucket"));
      holding.await();
      Objects.requireNonNull(signals.get()).accept(signal);
      finish.countDown();
      Result result = run.get().exits(code);
      JsonNode summary = result.summary();
      assertAddsUp(summary);
      assertThat(summary.get("status").asString()).isEqualTo("interrupted");
      assertThat(summary.get("exit_code").asInt()).isEqualTo(code);
      assertThat(summary.get("prestaged").asInt()).isEqualTo(1);
      assertThat(summary.get("listing_complete").asBoolean()).isFalse();
      assertThat(
              result.objects().stream().filter(o -> o.get("status").asString().equals("skipped")))
          .isNotEmpty()
          .allSatisfy(o -> assertThat(o.get("reason").asString()).isEqualTo("interrupted"));
      assertThat(lota.seen().rangedHeads()).isLessThanOrEqualTo(21);
    }
  }

  @Test
  void hopelessRunsStopEarlyWithOneMessage() {
    fill(5000);
    try (LotaEmulator lota =
        lota((request, _, _, _) -> isHead(request) ? Fault.status(403, "x") : Fault.NONE)) {
      Result result = Cli.at(lota).json("s3://bucket").exits(3);
      assertThat(lota.seen().rangedHeads()).isLessThan(1000);
      result.says("no object could be staged", "AccessDenied");
      assertAddsUp(result.summary());
      result.summary("status", "error");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:1, ConnectionRefused",
    "http://nowhere.invalid, UnknownHost",
    "https://127.0.0.1:1, ConnectionRefused",
  })
  void aStoreThatCannotBeReachedIsSaidOnce(String endpoint, String reason) {
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      keys.append("k").append(i).append('\n');
    }
    Result result =
        Cli.at(endpoint)
            .input(keys.toString())
            .json("--max-attempts 4 -b bucket --files-from -")
            .exits(3)
            .summary("failed", n -> n.isLessThan(1000));
    assertAddsUp(result.summary());
    result
        .objects(result.summary().get("selected").asInt())
        .summary("error.code", reason)
        .says("no object could be staged: " + reason);
  }

  @Test
  void oneSuccessKeepsARunGoing() {
    fill(500);
    try (LotaEmulator lota =
        lota((request, _, key, _) ->
            isHead(request) && !key.equals("k00000") ? Fault.status(403, "x") : Fault.NONE)) {
      Cli.at(lota).json("-q -c 1 --order listed s3://bucket").exits(1).failed(499);
    }
  }
}
