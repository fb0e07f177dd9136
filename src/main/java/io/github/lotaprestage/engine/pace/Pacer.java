package io.github.lotaprestage.engine.pace;

/// Decides when the next request may be sent: no more of them a second than the user allows, spaced
/// evenly, and no more than the store accepts, see [LearnedRate].
///
/// Callers provide the locking, but need none while [#limits] is false.
final class Pacer {

  /// A request that is late by up to this does not lower the rate.
  static final long CATCH_UP_NANOS = 10_000_000;

  private final long intervalNanos;
  private final LearnedRate learned = new LearnedRate();
  private long nextAt;

  /// @param perSecond requests a second; 0 for no limit
  Pacer(double perSecond, long now) {
    this.intervalNanos = perSecond == 0 ? 0 : (long) (1e9 / perSecond);
    this.nextAt = now;
  }

  /// Whether [#delay] may be more than 0.
  boolean limits() {
    return intervalNanos > 0 || learned.limits();
  }

  /// How many nanoseconds from `now` the next request has to wait; not positive if it may be sent.
  long delay(long now) {
    return Math.max(intervalNanos == 0 ? 0 : nextAt - now, learned.delay(now));
  }

  /// Notes a request that is being sent.
  ///
  /// @return what [#throttled] needs to know of it
  long sending(long now) {
    if (intervalNanos > 0) {
      nextAt = Math.max(nextAt, now - CATCH_UP_NANOS) + intervalNanos;
    }
    return learned.sending(now);
  }

  /// Notes that the store throttled a request.
  ///
  /// @param permit what [#sending] returned for it
  void throttled(long permit, long now) {
    learned.throttled(permit, now);
  }
}
