package io.github.lotaprestage.engine.pace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.Failure.Kind;
import io.github.lotaprestage.plan.RetryPolicy;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// How many attempts a throttled request gets.
class BackoffTest {

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
    return new Failure(kind, kind.name(), status, "test", null, null);
  }

  /// @return whether the run should give up
  private static boolean isOutage(Backoff backoff, Failure error, int minute, int longestSeconds) {
    long time = TimeUnit.MINUTES.toNanos(minute);
    backoff.failed(new Backoff.Attempts(), error, time, () -> "HEAD s3://b/k");
    return backoff.outage(error, () -> TimeUnit.SECONDS.toNanos(longestSeconds), time) != null;
  }

  @Test
  void fiveMinutesOfNothingButRefusalsAreAnOutage() {
    Backoff backoff = new Backoff(RetryPolicy.attempts(10));
    Failure busy = answer(Kind.THROTTLED, 503);
    assertThat(isOutage(backoff, busy, 1, 1)).isFalse();
    assertThat(isOutage(backoff, busy, 5, 1)).isFalse();
    assertThat(isOutage(backoff, answer(Kind.TRANSIENT, 500), 6, 1)).isTrue();
    assertThat(isOutage(backoff, busy, 7, 61)).as("with a long request in flight").isFalse();
    backoff.succeeded(TimeUnit.MINUTES.toNanos(8));
    assertThat(isOutage(backoff, busy, 9, 1)).isFalse();
  }

  @Test
  void anyOtherAnswerEndsAnOutageButALostConnectionDoesNot() {
    Failure busy = answer(Kind.THROTTLED, 503);
    Backoff answering = new Backoff(RetryPolicy.attempts(10));
    assertThat(isOutage(answering, busy, 1, 1)).isFalse();
    assertThat(isOutage(answering, answer(Kind.NO_SUCH_KEY, 404), 4, 1)).isFalse();
    assertThat(isOutage(answering, busy, 8, 1)).isFalse();
    Backoff silent = new Backoff(RetryPolicy.attempts(10));
    assertThat(isOutage(silent, busy, 1, 1)).isFalse();
    Failure lost = Failure.local(Kind.TRANSIENT, "ConnectionLost", "test");
    assertThat(isOutage(silent, lost, 4, 1)).isFalse();
    assertThat(isOutage(silent, busy, 8, 1)).isTrue();
  }

  @Test
  void otherFailuresAndASingleAttemptStayWhatWasAskedFor() {
    assertThat(attempts(3, Kind.TRANSIENT, true)).isEqualTo(3);
    assertThat(attempts(1, Kind.THROTTLED, true)).isEqualTo(1);
  }
}
