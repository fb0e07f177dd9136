package io.github.lotaprestage.engine.pace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.Failure.Kind;
import io.github.lotaprestage.plan.RetryPolicy;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// How many attempts a throttled request gets.
class BackoffTest {

  private static final Failure BUSY = answer(Kind.THROTTLED, 503);

  private long now;

  /// @param othersSucceed whether another request succeeds between two attempts
  private int attempts(int most, Kind kind, boolean othersSucceed) {
    Backoff backoff = new Backoff(RetryPolicy.attempts(most), bound -> bound);
    Backoff.Attempts attempts = new Backoff.Attempts();
    Failure error = Failure.local(kind, kind.name(), "test");
    boolean more = true;
    while (more) {
      attempts.sending(++now);
      if (othersSucceed) {
        backoff.succeeded(++now);
      }
      more = backoff.failed(attempts, error, ++now, () -> "HEAD s3://b/k") != null;
    }
    return attempts.sent();
  }

  @Test
  void aThrottledRequestHasItsAttempts() {
    assertThat(attempts(3, Kind.THROTTLED, false)).isEqualTo(3);
  }

  @Test
  void whileOthersSucceedItHasMoreButNotWithoutEnd() {
    assertThat(attempts(3, Kind.THROTTLED, true)).isEqualTo(30);
  }

  private static Failure answer(Kind kind, int status) {
    return new Failure(kind, kind.name(), status, "test", "request", null);
  }

  private void fail(Backoff backoff, Failure error, int tookSeconds) {
    Backoff.Attempts attempts = new Backoff.Attempts();
    attempts.sending(now);
    now += TimeUnit.SECONDS.toNanos(tookSeconds);
    backoff.failed(attempts, error, now, () -> "HEAD s3://b/k");
  }

  /// @param minutes of which each begins and ends with a refusal, and has some in between
  private void refuse(Backoff backoff, int minutes) {
    for (int i = 0; i < minutes * 12; i++) {
      fail(backoff, i % 2 == 0 ? BUSY : answer(Kind.TRANSIENT, 500), 5);
    }
  }

  @Test
  void fiveMinutesOfNothingButRefusalsAreAnOutage() {
    Backoff backoff = new Backoff(RetryPolicy.attempts(10));
    refuse(backoff, 5);
    assertThat(backoff.outage()).isNull();
    fail(backoff, BUSY, 5);
    assertThat(backoff.outage())
        .isEqualTo(
            Failure.local(
                Kind.TRANSIENT,
                "Outage",
                "the store has refused every request for 300 s, the last one with THROTTLED (503): test"));
  }

  static Stream<Consumer<Backoff>> interruptions() {
    return Stream.of(
        backoff -> backoff.succeeded(0),
        backoff -> new BackoffTest().fail(backoff, answer(Kind.NO_SUCH_KEY, 404), 1),
        backoff -> new BackoffTest().fail(backoff, answer(Kind.TRANSIENT, 504), 11),
        backoff ->
            new BackoffTest().fail(backoff, Failure.local(Kind.TRANSIENT, "ReadTimeout", ""), 1));
  }

  @ParameterizedTest
  @MethodSource("interruptions")
  void anythingElseThanAQuickRefusalEndsIt(Consumer<Backoff> interruption) {
    Backoff backoff = new Backoff(RetryPolicy.attempts(10));
    refuse(backoff, 4);
    interruption.accept(backoff);
    refuse(backoff, 4);
    assertThat(backoff.outage()).isNull();
    refuse(backoff, 2);
    assertThat(backoff.outage()).isNotNull();
  }

  @Test
  void timesInWhichNothingWasSentAreNone() {
    Backoff backoff = new Backoff(RetryPolicy.attempts(10));
    for (int i = 0; i < 20; i++) {
      now += TimeUnit.MINUTES.toNanos(5);
      fail(backoff, BUSY, 1);
    }
    assertThat(backoff.outage()).isNull();
  }

  @Test
  void whoIsPatientWaitsForever() {
    Backoff backoff = new Backoff(RetryPolicy.attempts(10).patient());
    refuse(backoff, 600);
    assertThat(backoff.outage()).isNull();
  }

  @Test
  void otherFailuresAndASingleAttemptStayWhatWasAskedFor() {
    assertThat(attempts(3, Kind.TRANSIENT, true)).isEqualTo(3);
    assertThat(attempts(1, Kind.THROTTLED, true)).isEqualTo(1);
  }
}
