package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Answer;
import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Request;
import io.github.lotaprestage.fixture.Result;
import io.github.lotaprestage.fixture.TestStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// The command from its arguments to its exit code, against an emulated LOTA.
@Timeout(120)
class StagingTest {

  private final MemoryOrigin origin = new MemoryOrigin().bucket("bucket");
  private @Nullable LotaEmulator lota;

  private LotaEmulator lota(UnaryOperator<LotaEmulator.Builder> more) {
    LotaEmulator started =
        more.apply(
                LotaEmulator.before(origin)
                    .keepNothing()
                    .credentials(TestStore.ACCESS_KEY, TestStore.SECRET_KEY))
            .start();
    lota = started;
    return started;
  }

  private LotaEmulator lota() {
    return lota(builder -> builder);
  }

  private LotaEmulator faulty(Fault.Plan faults) {
    return lota(builder -> builder.faults(faults));
  }

  @AfterEach
  void stop() {
    if (lota != null) {
      lota.close();
    }
  }

  private static boolean isHead(Request request) {
    return request.method().equals("HEAD");
  }

  @ParameterizedTest
  @EnumSource(LotaEmulator.Style.class)
  void twentyThousandObjectsGetExactlyOneHeadEach(LotaEmulator.Style style) {
    int count = 20_000;
    for (int i = 0; i < count; i++) {
      origin.put("bucket", "data/%05d".formatted(i), 1 + i);
    }
    LotaEmulator lota = lota(builder -> builder.style(style));
    Cli.at(lota)
        .json("-c 50 s3://bucket/data/")
        .exits(0)
        .objects(count)
        .prestaged(count)
        .summary("bytes", (long) count * (count + 1) / 2);
    assertThat(lota.seen().successes())
        .hasSize(count)
        .allSatisfy((_, n) -> assertThat(n).hasValue(1));
    assertThat(lota.seen().rangedHeads()).isEqualTo(count);
    assertThat(lota.seen().lists()).isBetween(20L, 60L);
    assertThat(lota.seen().gets() + lota.seen().others()).isZero();
    assertThat(lota.seen().mostInFlight()).isLessThanOrEqualTo(50 + 16); // and the LISTs
  }

  @Test
  void listsInOrderAndWithoutExtraRequestsWhereAskedTo() {
    origin.generate("bucket", 5_000, "data/%05d"::formatted);
    LotaEmulator lota = lota();
    Result result = Cli.at(lota).json("-n -c 1 --list-concurrency 1 s3://bucket/data/");
    assertThat(result.objects("key")).hasSize(5_000).isSorted();
    assertThat(lota.seen().lists()).isEqualTo(5);
  }

  @Test
  void theRequestIsTheDocumentedOne() {
    origin.put("bucket", "k", 5);
    LotaEmulator lota = lota();
    Cli.at(lota).run("s3://bucket/k");
    assertThat(lota.seen().samples())
        .singleElement()
        .satisfies(request -> {
          assertThat(request.method()).isEqualTo("HEAD");
          assertThat(request.path()).isEqualTo("/k");
          assertThat(request.query()).isEmpty();
          assertThat(request.header("host")).startsWith("bucket.localhost:");
          assertThat(request.header("range")).isEqualTo("bytes=0-0");
          assertThat(request.header("authorization")).startsWith("AWS4-HMAC-SHA256");
          assertThat(request.header("user-agent")).contains("lota-prestage");
          assertThat(request.headers()).doesNotContainKey("x-amz-checksum-mode");
        });
  }

  @Test
  void listsArePagedWithTokensAndUrlEncoding() {
    for (int i = 0; i < 2500; i++) {
      origin.put("bucket", "k%04d".formatted(i), 1);
    }
    LotaEmulator lota = lota();
    Cli.at(lota).run("-n s3://bucket/k");
    Cli.at(lota).run("-n -b bucket -p k");
    List<Request> lists =
        lota.seen().samples().stream().filter(r -> r.parameters().containsKey("prefix")).toList();
    assertThat(lists)
        .allSatisfy(r -> assertThat(r.parameters()).containsEntry("encoding-type", "url"));
    assertThat(lists.stream().filter(r -> r.parameters().containsKey("continuation-token")))
        .hasSize(2);
  }

  @Test
  void headsStartWhileTheListingStillRuns() {
    for (int i = 0; i < 1001; i++) {
      origin.put("bucket", "k%04d".formatted(i), 1);
    }
    CountDownLatch firstHead = new CountDownLatch(1);
    LotaEmulator lota =
        faulty((request, _, _, _) -> {
          if (isHead(request)) {
            firstHead.countDown();
            return Fault.NONE;
          }
          // The second page comes only after a HEAD has arrived.
          return request.parameters().containsKey("continuation-token")
              ? new Fault.Hold(firstHead)
              : Fault.NONE;
        });
    Cli.at(lota).json("s3://bucket").exits(0).prestaged(1001);
  }

  @Test
  void everyKeyThatS3TakesIsStagedOnceAndPrintedFaithfully() {
    List<String> keys =
        List.of(
            "odd/a b",
            "odd/a+b",
            "odd/100%",
            "odd/%2F",
            "odd/a%20b",
            "odd/'single'",
            "odd/\"double\"",
            "odd/a&b",
            "odd/a?b",
            "odd/a#b",
            "odd/a=b;c,d",
            "odd/ünï",
            "odd/日本",
            "odd/😀👩‍🚀",
            "odd//double",
            "odd/../up",
            "odd/./here",
            "odd/..",
            "odd/a\\b",
            "odd/line\nend",
            "odd/tab\tbell\u0007",
            "odd/<xml>&amp;",
            "odd/~tilde*!()$@:[]{}|^`",
            "odd/ space at end ",
            "odd/" + "k".repeat(1020),
            "odd/" + "é".repeat(510));
    keys.forEach(key -> origin.put("bucket", key, 3));
    origin.put("bucket", "/leading", 3);
    LotaEmulator lota = lota();
    Result listed = Cli.at(lota).json("s3://bucket");
    assertThat(listed.objects().stream().filter(line -> line.has("error"))).isEmpty();
    listed.exits(0);
    assertThat(listed.objects("key"))
        .hasSize(keys.size() + 1)
        .containsAll(keys)
        .contains("/leading");
    assertThat(lota.seen().successes())
        .hasSize(keys.size() + 1)
        .allSatisfy((_, n) -> assertThat(n).hasValue(1));
    for (String key : keys) {
      Cli.at(lota).run("-b bucket -k", key).exits(0);
      assertThat(lota.seen().successes().get("s3://bucket/" + key)).as(key).hasValue(2);
    }
    Cli.at(lota)
        .run("s3://bucket/odd/line* s3://bucket/odd/tab*")
        .outContains("s3://bucket/odd/line\\nend", "s3://bucket/odd/tab\\tbell\\u{7}");
    String nul = String.join("\0", keys);
    Cli.at(lota).input(nul).json("-b bucket --files-from0 -").prestaged(keys.size());
  }

  @Test
  void severalTargetsOfSeveralKinds() {
    origin.put("bucket", "a/1", 1).put("bucket", "a/2", 1).put("bucket", "b*", 1);
    origin.put("other-bucket", "x", 1).put("dotted.bucket", "y", 1);
    LotaEmulator lota = lota();
    Cli.at(lota)
        .json(
            "--raw s3://bucket/b* s3://bucket/a/ s3://other-bucket s3://dotted.bucket/y -b bucket -k a/1 -p a")
        .exits(0)
        .prestaged(5);
    assertThat(lota.seen().successes()).hasSize(5).allSatisfy((_, n) -> assertThat(n).hasValue(1));
  }

  @Test
  void aListFromAFileAndStandardInput(@TempDir Path directory) throws IOException {
    origin.put("bucket", "a", 1).put("bucket", "b", 1).put("bucket", "c", 1);
    Path list = Files.writeString(directory.resolve("list"), "a\ns3://bucket/b\n");
    Cli.at(lota().endpoint())
        .input("c\nmissing\n")
        .json("-b bucket --files-from", list, "--files-from", "-")
        .exits(1)
        .prestaged(3)
        .failed(1);
  }

  /// The bucket's name is the host's.
  @Test
  void everyAddressOfAHostIsTried() {
    origin.put("two-addresses", "a", 1);
    Cli.at(lota().endpoint()).run("--max-attempts 1 s3://two-addresses/").silent().exits(0);
  }

  @Test
  void aListOfNothingUsableIsBadUsage() {
    Result result = Cli.at(lota().endpoint()).input("just text\n").json("--files-from -").exits(2);
    assertThat(result.objects().getFirst().get("error").get("message").asString())
        .contains("line 1 of standard input");
  }

  @Test
  void theBucketIsKnownFromTheEnvironment() {
    origin.put("bucket", "a", 1).put("other-bucket", "b", 1);
    Cli.at(lota().endpoint())
        .env("LOTA_PRESTAGE_BUCKET", "bucket")
        .env("LOTA_PRESTAGE_QUIET", "true")
        .json("--quiet s3://other-bucket/")
        .objects(0)
        .prestaged(1);
  }

  @Test
  void emptinessSaysWhetherFiltersDidIt() {
    origin.put("bucket", "a", 1);
    LotaEmulator lota = lota();
    Cli.at(lota)
        .json("s3://bucket/none/")
        .exits(4)
        .summary("status", "empty")
        .says("no objects at s3://bucket/none/");
    Cli.at(lota)
        .run("--min-size 5 s3://bucket/")
        .exits(4)
        .says("the filters excluded all 1 objects");
    Cli.at(lota).run("--allow-empty s3://bucket/none/").exits(0).silent();
  }

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
  void wrongSecretsAreNamedWhetherListedOrNot() {
    origin.put("bucket", "k", 1);
    LotaEmulator lota = lota();
    for (String target : List.of("s3://bucket/k", "s3://bucket/")) {
      Result secret = Cli.at(lota).env("AWS_SECRET_ACCESS_KEY", "wrong-wrong").json(target);
      secret
          .exits(3)
          .err(err ->
              err.contains("SignatureDoesNotMatch", "check the secret access key")
                  .doesNotContain("wrong-wrong")
                  .hasLineCount(1))
          .summary("error.code", "SignatureDoesNotMatch");
      Cli.at(lota)
          .env("AWS_ACCESS_KEY_ID", "unknown")
          .run(target)
          .exits(3)
          .says("InvalidAccessKeyId");
      Cli.at(lota).run("--no-sign-request", target).exits(3).says("AccessDenied");
    }
  }

  @Test
  void aDeniedListingIsExitThree() {
    LotaEmulator lota = faulty((_, _, _, _) -> Fault.status(403, "AccessDenied"));
    Cli.at(lota)
        .json("s3://bucket/data/")
        .exits(3)
        .says("LIST s3://bucket/data/", "AccessDenied (403)");
  }

  @Test
  void oneDeniedKeyAmongOthersIsExitOne() {
    origin.put("bucket", "secret", 1).put("bucket", "open", 1);
    LotaEmulator lota =
        faulty((request, _, key, _) ->
            isHead(request) && key.equals("secret")
                ? Fault.status(403, "AccessDenied")
                : Fault.NONE);
    Result result = Cli.at(lota).json("s3://bucket").exits(1);
    JsonNode failed =
        result.objects().stream()
            .filter(line -> line.get("status").asString().equals("failed"))
            .findFirst()
            .orElseThrow();
    assertThat(failed.get("error").get("code").asString()).isEqualTo("AccessDenied");
    assertThat(failed.get("attempts").asInt()).isEqualTo(1);
  }

  @Test
  void aListingThatBreaksHalfWayStillStagesWhatItListedAndEndsWithThree() {
    for (int i = 0; i < 1500; i++) {
      origin.put("bucket", "k%04d".formatted(i), 1);
    }
    LotaEmulator lota =
        faulty((request, _, _, _) ->
            request.parameters().containsKey("continuation-token")
                ? Fault.status(403, "AccessDenied")
                : Fault.NONE);
    Cli.at(lota)
        .json("s3://bucket")
        .exits(3)
        .prestaged(1000)
        .summary("status", "error")
        .errContains("the run is incomplete");
  }

  @Test
  void pathStyleIsRefusedByLotaAndExplained() {
    origin.put("bucket", "k", 1);
    Cli.at(lota().endpoint())
        .run("--path-style s3://bucket/k")
        .exits(3)
        .says("(400)", "--path-style");
  }

  @Test
  void hostsThatDoNotResolveOrAnswer() {
    Cli.at("http://no-such-host.test")
        .run("--max-attempts 2 s3://bucket/k")
        .exits(3)
        .says("cannot resolve host: ", "bucket.no-such-host.test", "--endpoint-url");
    URI gone;
    try (LotaEmulator closing = LotaEmulator.before(origin).start()) {
      gone = closing.endpoint();
    }
    Cli.at(gone).run("--max-attempts 2 s3://bucket/k").exits(3).says("ConnectionRefused");
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
