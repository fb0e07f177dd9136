package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Answer;
import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.HttpServer;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Request;
import io.github.lotaprestage.fixture.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// A store whose clock is not this machine's: HEADs and LISTs are signed with its time.
@Timeout(60)
class SkewedClockTest {

  private static final DateTimeFormatter HTTP =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SIGNED =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final MemoryOrigin origin = new MemoryOrigin();
  private final AtomicInteger rejected = new AtomicInteger();

  private String code = "RequestTimeTooSkewed";

  private Answer answer(Request request, Duration ahead) {
    Instant now = Instant.now().plus(ahead);
    Instant signed = Instant.from(SIGNED.parse(request.header("x-amz-date")));
    if (Duration.between(now, signed).abs().compareTo(Duration.ofMinutes(15)) > 0) {
      rejected.incrementAndGet();
      return Answer.error(403, code, "The difference is too large.").with("Date", HTTP.format(now));
    }
    if (request.method().equals("HEAD")) {
      String key = request.path().substring(1);
      return Answer.empty(206)
          .with("ETag", "\"etag-" + key.length() + "\"")
          .with("x-amz-request-id", "t")
          .with("Content-Range", "bytes 0-0/" + key.length());
    }
    return origin.send("GET", "bucket", request.path().substring(1), request.query());
  }

  private Result run(Duration ahead, String line, Object... words) {
    origin.put("bucket", "key", 3).put("bucket", "another", 7);
    try (HttpServer store = new HttpServer(request -> answer(request, ahead))) {
      return Cli.at("http://localhost:" + store.port()).run("--max-attempts 1 " + line, words);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-86_400, 1200, 86_400})
  void theStoresTimeIsLearned(long seconds) {
    Duration ahead = Duration.ofSeconds(seconds);
    Result named = run(ahead, "-c 1 s3://bucket/key s3://bucket/another").exits(0);
    assertThat(rejected).hasValue(1);
    named.err(err ->
        err.containsOnlyOnce("the clock of this machine is")
            .contains(seconds > 0 ? "behind" : "ahead of"));
    run(ahead, "s3://bucket/").exits(0);
    run(ahead, "s3://bucket/key s3://bucket/").exits(0);
  }

  /// The marker file of a checkpoint is read with the SDK, after LISTs have found the time.
  @ParameterizedTest
  @ValueSource(strings = {"RequestTimeTooSkewed", "SignatureDoesNotMatch", "AccessDenied"})
  void filesAreReadAfterTheTimeIsLearned(String reason) {
    code = reason;
    origin.text("bucket", "ck/latest", "global_step2").put("bucket", "ck/global_step2/a.pt", 5);
    run(Duration.ofHours(2), "--latest 1 --checkpoint-layout deepspeed s3://bucket/ck/").exits(0);
  }

  /// A store that is busy is not asked again at once, although its time was learned.
  @Test
  void anAnswerThatIsNotAboutTheTimeIsNoReasonToReadAgain() {
    origin.put("bucket", "ck/global_step2/a.pt", 5).put("bucket", "ck/latest", 12);
    AtomicInteger reads = new AtomicInteger();
    try (HttpServer store =
        new HttpServer(request -> {
          if (request.path().equals("/ck/latest")) {
            reads.incrementAndGet();
            return Answer.error(503, "SlowDown", "busy");
          }
          return answer(request, Duration.ofHours(2));
        })) {
      Cli.at("http://localhost:" + store.port())
          .run("--max-attempts 1 --latest 1 --checkpoint-layout deepspeed s3://bucket/ck/")
          .exits(3);
    }
    assertThat(reads).hasValue(1);
  }

  @Test
  void theSummarySaysHowFarTheClockIsOff() {
    JsonNode summary = run(Duration.ofHours(2), "-o json s3://bucket/key").summary();
    assertThat(summary.get("clock_offset_seconds").asLong()).isBetween(7190L, 7210L);
    JsonNode right = run(Duration.ZERO, "-o json s3://bucket/key").summary();
    assertThat(right.has("clock_offset_seconds")).isFalse();
  }

  @Test
  void theDateOfAnAnswerThatACacheKeptIsNotTheStoresTime() {
    AtomicInteger heads = new AtomicInteger();
    try (HttpServer store =
        new HttpServer(request -> {
          if (!request.method().equals("HEAD")) {
            return origin.send("GET", "bucket", "", request.query());
          }
          heads.incrementAndGet();
          return Answer.empty(403)
              .with("Date", HTTP.format(Instant.now().minusSeconds(7200)))
              .with("Age", "7200");
        })) {
      origin.put("bucket", "key", 3);
      Result result = Cli.at("http://localhost:" + store.port()).run("s3://bucket/key");
      assertThat(result.code()).isNotZero();
      result.err(err -> err.doesNotContain("clock"));
    }
    assertThat(heads).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 60, -60})
  void aClockThatIsNearlyRightIsLeftAlone(long seconds) {
    run(Duration.ofSeconds(seconds), "s3://bucket/")
        .exits(0)
        .err(err -> err.doesNotContain("clock"));
  }
}
