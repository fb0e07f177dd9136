package io.github.lotaprestage.engine;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Bounds the requests under way to what the store takes: additive increase, multiplicative
/// decrease.
///
/// - Never more than `most` at once, which is also where it starts: a fill may take minutes, so
///   there is no time for a slow start.
/// - An answer that asks for fewer halves the bound, once for all requests that were under way
///   then: their answers tell nothing new.
/// - Ten good answers raise it by one, so that it doubles in a few round trips when the storm is
///   over.
public final class Throttle {

  private static final double RAISE = 0.1;
  private static final double CUT = 0.5;

  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private double bound;
  private int underWay;
  private long cuts;

  public Throttle(int most) {
    this.most = most;
    this.bound = most;
  }

  /// Waits until one more request may be sent.
  ///
  /// @return to be handed to [#leave]
  long enter() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (underWay >= (int) bound) {
        freed.await();
      }
      underWay++;
      return cuts;
    } finally {
      lock.unlock();
    }
  }

  /// Ends a request.
  ///
  /// @param entered what [#enter] returned
  /// @param throttled whether the store asked for fewer
  void leave(long entered, boolean throttled) {
    lock.lock();
    try {
      underWay--;
      if (!throttled) {
        bound = Math.min(most, bound + RAISE);
      } else if (entered == cuts) {
        bound = Math.max(1, bound * CUT);
        cuts++;
      }
      for (int free = (int) bound - underWay; free > 0; free--) {
        freed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /// The bound now.
  int bound() {
    lock.lock();
    try {
      return (int) bound;
    } finally {
      lock.unlock();
    }
  }
}
