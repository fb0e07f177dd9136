package io.github.lotaprestage.engine.pace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.Failure.Kind;
import io.github.lotaprestage.plan.RetryPolicy;
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

  @Test
  void otherFailuresAndASingleAttemptStayWhatWasAskedFor() {
    assertThat(attempts(3, Kind.TRANSIENT, true)).isEqualTo(3);
    assertThat(attempts(1, Kind.THROTTLED, true)).isEqualTo(1);
  }
}
