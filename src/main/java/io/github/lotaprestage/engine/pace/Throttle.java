package io.github.lotaprestage.engine.pace;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Limits LISTs in flight to what the store accepts, see [ConcurrencyBound].
public final class Throttle {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private final ConcurrencyBound bound;
  private int underWay;

  public Throttle(int most) {
    this.bound = new ConcurrencyBound(most);
  }

  /// Waits until one more request may be sent.
  public void enter() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (underWay >= bound.now()) {
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
  public void leave(boolean throttled) {
    lock.lock();
    try {
      underWay--;
      bound.answered(throttled);
      for (int free = bound.now() - underWay; free > 0 && lock.hasWaiters(freed); free--) {
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
      return bound.now();
    } finally {
      lock.unlock();
    }
  }
}
