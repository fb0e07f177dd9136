package io.github.lotaprestage.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How many times a request is sent, and how long to wait in between.
///
/// The wait before attempt n+1 is uniform between zero and `min(maxDelay, baseDelay * 2^(n-1))`
/// ("full jitter"), or what the store asked for with `Retry-After` where that is longer.
///
/// @param maxAttempts at least 1
/// @param maxOutage how long a store may refuse every request before the run gives up; null if it
///   never does
public record RetryPolicy(
    int maxAttempts, Duration baseDelay, Duration maxDelay, @Nullable Duration maxOutage) {

  private static final long OUTAGE_SECONDS = 300;
  private static final long OUTAGE_SECONDS_FOR_EACH_ATTEMPT = 30;

  /// The default waits, with as many attempts as asked for. Who asks for more attempts than usual
  /// accepts a longer outage, too.
  public static RetryPolicy attempts(int maxAttempts) {
    long outage = Math.max(OUTAGE_SECONDS, OUTAGE_SECONDS_FOR_EACH_ATTEMPT * maxAttempts);
    return new RetryPolicy(
        maxAttempts, Duration.ofMillis(100), Duration.ofSeconds(20), Duration.ofSeconds(outage));
  }

  /// The same for a run that waits until an outage is over.
  public RetryPolicy patient() {
    return new RetryPolicy(maxAttempts, baseDelay, maxDelay, null);
  }

  /// The maximum wait after `attempt` failed attempts.
  public Duration ceiling(int attempt) {
    long factor = 1L << Math.min(attempt - 1, 30);
    return baseDelay.compareTo(maxDelay.dividedBy(factor)) > 0
        ? maxDelay
        : baseDelay.multipliedBy(factor);
  }
}
