package io.github.lotaprestage.engine;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Spaces requests evenly, so that no more than a number of them starts each second.
final class Pacer {

  /// Waits for a number of nanoseconds, and returns false as soon as the run stops.
  interface Waiting {
    boolean pause(long nanos) throws InterruptedException;
  }

  private final long intervalNanos;
  private final LongSupplier clock;
  private final Waiting waiting;
  private final AtomicLong next;

  /// @param perSecond requests a second; 0 for no limit
  Pacer(double perSecond, LongSupplier clock, Waiting waiting) {
    this.intervalNanos = perSecond == 0 ? 0 : (long) (1e9 / perSecond);
    this.clock = clock;
    this.waiting = waiting;
    this.next = new AtomicLong(clock.getAsLong());
  }

  /// Waits for this request's turn.
  ///
  /// @return false if the run stops before it
  boolean await() throws InterruptedException {
    if (intervalNanos == 0) {
      return true;
    }
    long now = clock.getAsLong();
    long turn = next.getAndUpdate(at -> (at - now > 0 ? at : now) + intervalNanos);
    return turn - now <= 0 || waiting.pause(turn - now);
  }
}
