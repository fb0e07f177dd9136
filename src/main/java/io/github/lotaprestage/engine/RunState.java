package io.github.lotaprestage.engine;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.Outcome;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The state of a run. Any thread may ask and change it; threads that wait for a time notice a
/// change at once.
///
/// | phase | deadline | signal | give up | abandon |
/// |---|---|---|---|---|
/// | running | draining | cancelled | cancelled | abandoned |
/// | draining | draining | draining | cancelled | abandoned |
/// | cancelled | cancelled | cancelled | cancelled | abandoned |
/// | abandoned | abandoned | abandoned | abandoned | abandoned |
final class RunState {

  enum Phase {
    /// Objects are staged.
    RUNNING,
    /// Nothing more is sent. The source is read to its end, so that its objects are reported.
    DRAINING,
    /// Nothing more is sent, and the source is not read to its end.
    CANCELLED,
    /// Missing outcomes are not waited for.
    ABANDONED;

    /// The transition table.
    Phase after(Event event) {
      return switch (event) {
        case DEADLINE -> this == RUNNING ? DRAINING : this;
        case SIGNAL -> this == RUNNING ? CANCELLED : this;
        case GIVE_UP -> this == ABANDONED ? ABANDONED : CANCELLED;
        case ABANDON -> ABANDONED;
      };
    }
  }

  enum Event {
    DEADLINE,
    SIGNAL,
    GIVE_UP,
    ABANDON
  }

  private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();
  private volatile Phase phase = Phase.RUNNING;
  private volatile Outcome.@Nullable Reason reason;
  private volatile @Nullable Failure gaveUp;

  Phase phase() {
    return phase;
  }

  /// Why objects are not sent: the reason of the first event; null exactly while the run is
  /// running.
  Outcome.@Nullable Reason reason() {
    return reason;
  }

  /// Why the run gave up, or null.
  @Nullable Failure gaveUp() {
    return gaveUp;
  }

  boolean isRunning() {
    return phase == Phase.RUNNING;
  }

  /// Whether the source is still read.
  boolean readsSource() {
    return phase == Phase.RUNNING || phase == Phase.DRAINING;
  }

  /// @param why DEADLINE or INTERRUPTED
  /// @return whether the run was running
  boolean stop(Outcome.Reason why) {
    return move(why == Outcome.Reason.DEADLINE ? Event.DEADLINE : Event.SIGNAL, why);
  }

  /// @return whether this call is the first call
  boolean giveUp(Failure why) {
    synchronized (this) {
      if (gaveUp != null) {
        return false;
      }
      gaveUp = why;
    }
    boolean _ = move(Event.GIVE_UP, Outcome.Reason.GAVE_UP);
    return true;
  }

  /// @param why the reason, if there was none before
  void abandon(Outcome.Reason why) {
    boolean _ = move(Event.ABANDON, why);
  }

  private boolean move(Event event, Outcome.Reason why) {
    boolean first;
    synchronized (this) {
      first = phase == Phase.RUNNING;
      reason = first ? why : reason; // before the phase, so that a stopped run has a reason
      phase = phase.after(event);
    }
    waiting.forEach(LockSupport::unpark);
    return first;
  }

  /// Waits for a time.
  ///
  /// @return false as soon as the run is not running
  boolean pause(long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    waiting.add(Thread.currentThread());
    try {
      long left = nanos;
      while (left > 0 && isRunning()) {
        LockSupport.parkNanos(this, left);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        left = end - System.nanoTime();
      }
    } finally {
      waiting.remove(Thread.currentThread());
    }
    return isRunning();
  }
}
