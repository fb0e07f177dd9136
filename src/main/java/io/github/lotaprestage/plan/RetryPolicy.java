package io.github.lotaprestage.plan;

import java.time.Duration;

/// How many times a request is sent, and how long to wait in between.
///
/// The wait before attempt n+1 is uniform between zero and `min(maxDelay, baseDelay * 2^(n-1))`
/// ("full jitter"), or what the store asked for with `Retry-After` where that is longer.
///
/// @param maxAttempts at least 1
public record RetryPolicy(int maxAttempts, Duration baseDelay, Duration maxDelay) {

  /// The default waits, with as many attempts as asked for.
  public static RetryPolicy attempts(int maxAttempts) {
    return new RetryPolicy(maxAttempts, Duration.ofMillis(100), Duration.ofSeconds(20));
  }

  /// The maximum wait after `attempt` failed attempts.
  public Duration ceiling(int attempt) {
    long factor = 1L << Math.min(attempt - 1, 30);
    return baseDelay.compareTo(maxDelay.dividedBy(factor)) > 0
        ? maxDelay
        : baseDelay.multipliedBy(factor);
  }
}
