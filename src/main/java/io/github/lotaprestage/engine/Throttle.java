package io.github.lotaprestage.engine;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Bounds the requests under way to what the store takes.
///
/// - Never more than `most` at once, which is also where it starts: a fill may take minutes, so
///   there is no time for a slow start.
/// - An answer that asks for fewer takes one place away, so that a round trip shrinks the bound by
///   the share of its answers that did: multiplicative, and no more than needed.
/// - A good answer gives a fifth of a place back. At a steady limit of the store no more than one
///   request in six is sent in vain, and when the storm is over the bound doubles in four round
///   trips.
public final class Throttle {

  private static final double RAISE = 0.2;

  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private double bound;
  private int underWay;

  public Throttle(int most) {
    this.most = most;
    this.bound = most;
  }

  /// Waits until one more request may be sent.
  void enter() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (underWay >= (int) bound) {
        freed.await();
      }
      underWay++;
    } finally {
      lock.unlock();
    }
  }

  /// Ends a request.
  ///
  /// @param throttled whether the store asked for fewer
  void leave(boolean throttled) {
    lock.lock();
    try {
      underWay--;
      bound = throttled ? Math.max(1, bound - 1) : Math.min(most, bound + RAISE);
      for (int free = (int) bound - underWay; free > 0 && lock.hasWaiters(freed); free--) {
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
