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
/// An object is paid for in the moment it is sent: while it waits for [Pacer], it is not paid for
/// and the next object waits for it. So objects that have paid never gather and go out together.
///
/// How fast LOTA fills really is not known here, so the rate is an estimate.
public final class FillRate {

  private static final long BURST_NANOS = 250_000_000;

  /// More than a century of debt makes no difference, and sums do not overflow.
  private static final long MAX_NANOS = Long.MAX_VALUE / 4;

  /// Waits until a request may be sent; see [Pacer#await].
  public interface Permits {
    long await() throws InterruptedException;
  }

  private final Permits permits;
  private final double nanosPerByte;
  private final LongSupplier clock;
  private final Pacer.Waiting waiting;

  /// Held by the one object that is next.
  private final ReentrantLock turn = new ReentrantLock(true);

  /// When everything that was admitted is paid for; guarded by `this`.
  private long paidAt;

  /// @param bytesPerSecond 0 for no limit
  public FillRate(long bytesPerSecond, LongSupplier clock, Pacer.Waiting waiting, Permits permits) {
    this.permits = permits;
    this.nanosPerByte = bytesPerSecond == 0 ? 0 : 1e9 / bytesPerSecond;
    this.clock = clock;
    this.waiting = waiting;
    this.paidAt = clock.getAsLong();
  }

  /// Waits until an object may be sent for the first time.
  ///
  /// @param size in bytes; null if it is not known yet, see [#charge]
  /// @return what [Pacer#await] returned for it
  public long await(@Nullable Long size) throws InterruptedException {
    if (nanosPerByte == 0 || size == null) {
      return permits.await();
    }
    long cost = cost(size);
    turn.lockInterruptibly();
    try {
      for (long wait = delay(cost); wait > 0; wait = delay(cost)) {
        if (!waiting.pause(wait)) {
          return Pacer.STOPPED;
        }
      }
      long permit = permits.await();
      if (permit != Pacer.STOPPED) {
        pay(cost);
      }
      return permit;
    } finally {
      turn.unlock();
    }
  }

  private long cost(long size) {
    return Math.min(MAX_NANOS, Math.round(size * nanosPerByte));
  }

  /// How many nanoseconds an object has to wait; not positive if it may be sent.
  private synchronized long delay(long cost) {
    return paidAt - clock.getAsLong() - (BURST_NANOS - Math.min(cost, BURST_NANOS));
  }

  /// Pays for an object whose size was not known when it was admitted.
  public void charge(long size) {
    if (nanosPerByte > 0) {
      pay(cost(size));
    }
  }

  private synchronized void pay(long cost) {
    long now = clock.getAsLong();
    paidAt = now + Math.min(MAX_NANOS, Math.max(0, paidAt - now) + cost);
  }
}
