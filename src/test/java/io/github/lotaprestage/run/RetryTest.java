package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Answer;
import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.Result;
import io.github.lotaprestage.fixture.TestStore;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// Requests that fail at first, and what is reported about them.
@Timeout(120)
class RetryTest extends AgainstLota {

  @Test
  void overloadIsRetriedUntilItWorksAndCounted() {
    for (int i = 0; i < 50; i++) {
      origin.put("bucket", "k" + i, 1);
    }
    LotaEmulator lota =
        faulty((request, _, _, attempt) ->
            isHead(request) && attempt <= 2
                ? Fault.status(attempt == 1 ? 503 : 500, "SlowDown")
                : Fault.NONE);
    Cli.at(lota)
        .json("s3://bucket")
        .exits(0)
        .summary("retries", 100)
        .summary("throttled", 50)
        .everyObject("attempts", 3);
    assertThat(lota.seen().successes()).hasSize(50).allSatisfy((_, n) -> assertThat(n).hasValue(1));
  }

  @Test
  void brokenConnectionsAreRetried() {
    origin.put("bucket", "reset", 1).put("bucket", "truncated", 1);
    LotaEmulator lota =
        faulty((request, _, key, attempt) ->
            isHead(request) && attempt == 1
                ? new Fault.Broken(key.equals("reset") ? Answer.Fate.RESET : Answer.Fate.TRUNCATED)
                : Fault.NONE);
    Result result = Cli.at(lota).json("s3://bucket").exits(0);
    assertThat(lota.seen().rangedHeads()).isEqualTo(4);
    result.summary("retries", n -> n.isBetween(1L, 2L)); // a kept one is none
  }

  @Test
  void aLostListingPageIsRetriedAndSaid() {
    origin.put("bucket", "k", 1);
    LotaEmulator lota =
        faulty((request, _, _, attempt) ->
            !isHead(request) && attempt == 1 ? Fault.status(503, "SlowDown") : Fault.NONE);
    Cli.at(lota)
        .json("-v s3://bucket")
        .exits(0)
        .errContains("LIST s3://bucket/", "attempt 1 of 10");
  }

  @Test
  void overloadThatDoesNotEndFailsWithTheCountOfAttempts() {
    origin.put("bucket", "good", 1).put("bucket", "bad", 1);
    LotaEmulator lota =
        faulty((request, _, key, _) ->
            isHead(request) && key.equals("bad") ? Fault.status(503, "SlowDown") : Fault.NONE);
    Result result =
        Cli.at(lota).json("-q --max-attempts 3 s3://bucket").exits(1).says("1 of 2 objects failed");
    JsonNode failed = result.objects().getFirst();
    assertThat(failed.get("attempts").asInt()).isEqualTo(3);
    assertThat(failed.get("error").get("code").asString()).isEqualTo("SlowDown");
    assertThat(failed.get("error").get("http_status").asInt()).isEqualTo(503);
    assertThat(failed.get("error").get("retryable").asBoolean()).isTrue();
    assertThat(failed.get("error").get("request_id").asString()).startsWith("tx");
  }

  @Test
  void aSlowFillIsWaitedFor() {
    origin.put("bucket", "k", 1);
    LotaEmulator lota =
        faulty((request, _, _, _) ->
            isHead(request) ? new Fault.Delay(Duration.ofMillis(300)) : Fault.NONE);
    Result result = Cli.at(lota).json("s3://bucket/k").exits(0);
    assertThat(result.objects().getFirst().get("duration_ms").asLong()).isGreaterThanOrEqualTo(300);
    result.summary("latency_ms.p99", n -> n.isGreaterThanOrEqualTo(300));
  }

  @Test
  void logsCanBeAskedForAndHoldNoSecret() {
    origin.put("bucket", "k", 1);
    LotaEmulator lota =
        faulty((request, _, _, attempt) ->
            isHead(request) && attempt == 1
                ? new Fault.Status(503, "SlowDown", Map.of("Retry-After", "0"))
                : Fault.NONE);
    Cli.at(lota)
        .run("--log-level trace s3://bucket/k")
        .err(err ->
            err.contains("HEAD s3://bucket/k: attempt 1 of 10 failed")
                .doesNotContain(TestStore.SECRET_KEY));
  }
}
