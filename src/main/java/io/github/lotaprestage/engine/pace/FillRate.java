package io.github.lotaprestage.engine.pace;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Admits objects so that no more bytes a second begin to be filled than the user allows: a token
/// bucket that holds a quarter of a second.
///
/// - An object that is larger than the bucket is admitted when the bucket is full, and is paid for
///   afterwards. So it delays the next objects, and not itself.
/// - An object of unknown size is admitted at once, and is paid for when its size is known.
/// - An object is paid for once, however often it is sent.
///
/// How fast LOTA fills really is not known here, so the rate is an estimate.
public final class FillRate {

  private static final double BURST_NANOS = 250_000_000;

  private final double nanosPerByte;
  private final LongSupplier clock;
  private final Pacer.Waiting waiting;

  /// Held by the one object that is next.
  private final ReentrantLock turn = new ReentrantLock(true);

  /// When everything that was admitted is paid for; guarded by `this`.
  private double paidAt;

  /// @param bytesPerSecond 0 for no limit
  public FillRate(long bytesPerSecond, LongSupplier clock, Pacer.Waiting waiting) {
    this.nanosPerByte = bytesPerSecond == 0 ? 0 : 1e9 / bytesPerSecond;
    this.clock = clock;
    this.waiting = waiting;
    this.paidAt = clock.getAsLong();
  }

  /// Waits until an object may be sent.
  ///
  /// @param size in bytes; null if it is not known yet, see [#charge]
  /// @return false if the run stops first
  public boolean await(@Nullable Long size) throws InterruptedException {
    if (nanosPerByte == 0 || size == null) {
      return true;
    }
    double cost = size * nanosPerByte;
    turn.lockInterruptibly();
    try {
      while (true) {
        long wait = admit(cost);
        if (wait <= 0) {
          return true;
        }
        if (!waiting.pause(wait)) {
          return false;
        }
      }
    } finally {
      turn.unlock();
    }
  }

  /// @return 0 if the object is admitted, or how many nanoseconds it has to wait
  private synchronized long admit(double cost) {
    long now = clock.getAsLong();
    double wait = paidAt - now - (BURST_NANOS - Math.min(cost, BURST_NANOS));
    if (wait > 0) {
      return (long) Math.ceil(wait);
    }
    pay(now, cost);
    return 0;
  }

  /// Pays for an object whose size was not known when it was admitted.
  public synchronized void charge(long size) {
    if (nanosPerByte > 0) {
      pay(clock.getAsLong(), size * nanosPerByte);
    }
  }

  private void pay(long now, double cost) {
    paidAt = Math.max(paidAt, now) + cost;
  }
}
