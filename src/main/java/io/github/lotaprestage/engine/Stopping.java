package io.github.lotaprestage.engine;

import io.github.lotaprestage.object.Outcome;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Whether and why a run sends nothing any more. Threads that wait for a time notice at once.
final class Stopping {

  private final AtomicReference<Outcome.@Nullable Reason> reason = new AtomicReference<>();
  private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();

  /// Only the first reason counts.
  ///
  /// @return whether this is the first
  boolean stop(Outcome.Reason why) {
    boolean first = reason.compareAndSet(null, why);
    waiting.forEach(LockSupport::unpark);
    return first;
  }

  /// Why the run stops, or null.
  Outcome.@Nullable Reason reason() {
    return reason.get();
  }

  /// Waits for a time.
  ///
  /// @return false as soon as the run stops
  boolean pause(long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    waiting.add(Thread.currentThread());
    try {
      long left = nanos;
      while (left > 0 && reason.get() == null) {
        LockSupport.parkNanos(this, left);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        left = end - System.nanoTime();
      }
    } finally {
      waiting.remove(Thread.currentThread());
    }
    return reason.get() == null;
  }
}
