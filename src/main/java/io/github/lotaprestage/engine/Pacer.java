package io.github.lotaprestage.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Spaces requests evenly, so that no more than a number of them starts each second.
public final class Pacer {

  private final long intervalNanos;
  private final LongSupplier clock;
  private final Retrying.Sleeper sleeper;
  private final AtomicLong next;

  /// @param perSecond requests a second; 0 for as many as come
  public Pacer(double perSecond) {
    this(perSecond, System::nanoTime, Thread::sleep);
  }

  Pacer(double perSecond, LongSupplier clock, Retrying.Sleeper sleeper) {
    this.intervalNanos = perSecond == 0 ? 0 : (long) (1e9 / perSecond);
    this.clock = clock;
    this.sleeper = sleeper;
    this.next = new AtomicLong(clock.getAsLong());
  }

  /// Waits for this request's turn.
  void await() throws InterruptedException {
    if (intervalNanos == 0) {
      return;
    }
    long now = clock.getAsLong();
    long turn = next.getAndUpdate(at -> (at - now > 0 ? at : now) + intervalNanos);
    if (turn - now > 0) {
      sleeper.sleep(Duration.ofNanos(turn - now));
    }
  }
}
