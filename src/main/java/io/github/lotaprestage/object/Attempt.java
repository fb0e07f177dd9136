package io.github.lotaprestage.object;

import java.time.Duration;

/// One of the requests for an object.
///
/// @param number 1 for the first
/// @param throttled how many requests before it were answered with 429 or 503
/// @param firstSent when the first request was sent, by [System#nanoTime]
public record Attempt(int number, int throttled, long firstSent) {

  /// The counts up to and including this request.
  public Outcome.Attempts attempts() {
    return new Outcome.Attempts(number, throttled);
  }

  /// Time since the first request was sent, backoff included.
  public Duration duration() {
    return Duration.ofNanos(System.nanoTime() - firstSent);
  }
}
