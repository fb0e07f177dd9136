package io.github.lotaprestage.engine.pace;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Decides when the next request may be sent: no more of them a second than the user allows, spaced
/// evenly, and no more than the store accepts, see [LearnedRate].
public final class Pacer {

  /// The run stops before the request is sent.
  public static final long STOPPED = -1;

  /// A request that is late by up to this does not lower the rate.
  static final long CATCH_UP_NANOS = 10_000_000;

  /// Waits for a number of nanoseconds, and returns false as soon as the run stops.
  public interface Waiting {
    boolean pause(long nanos) throws InterruptedException;
  }

  private final long intervalNanos;
  private final LongSupplier clock;
  private final Waiting waiting;
  private final LearnedRate learned = new LearnedRate();

  /// Held by the one request that is next.
  private final ReentrantLock turn = new ReentrantLock(true);

  private long nextAt;

  /// @param perSecond requests a second; 0 for no limit
  public Pacer(double perSecond, LongSupplier clock, Waiting waiting) {
    this.intervalNanos = perSecond == 0 ? 0 : (long) (1e9 / perSecond);
    this.clock = clock;
    this.waiting = waiting;
    this.nextAt = clock.getAsLong();
  }

  /// Waits until a request may be sent.
  ///
  /// @return what [#throttled] needs to know of it, or [#STOPPED]
  public long await() throws InterruptedException {
    if (intervalNanos == 0 && !learned.limits()) {
      return learned.sending(clock.getAsLong());
    }
    turn.lockInterruptibly();
    try {
      while (true) {
        long now = clock.getAsLong();
        long wait = Math.max(intervalNanos == 0 ? 0 : nextAt - now, learned.delay(now));
        if (wait <= 0) {
          nextAt = Math.max(nextAt, now - CATCH_UP_NANOS) + intervalNanos;
          return learned.sending(now);
        }
        if (!waiting.pause(wait)) {
          return STOPPED;
        }
      }
    } finally {
      turn.unlock();
    }
  }

  /// Notes that the store throttled a request.
  ///
  /// @param permit what [#await] returned for it
  public void throttled(long permit) {
    learned.throttled(permit, clock.getAsLong());
  }
}
