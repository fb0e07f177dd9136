package io.github.lotaprestage.engine.pace;

import io.github.lotaprestage.object.ObjectRef;
import org.jspecify.annotations.Nullable;

/// One object's share of the requests in flight: taken while a request for it is on the wire, given
/// back while it waits for its next attempt or for the rates. [AdmissionControl] knows whether it
/// is taken.
public final class Slot implements Comparable<Slot> {

  enum State {
    /// Never admitted, or finished.
    OUTSIDE,
    ADMITTED,
    /// In backoff, or waiting until its request may be sent.
    WAITING
  }

  private final long size;
  private final long expectedNanos;
  private final long number;

  // Guarded by the lock of AdmissionControl, but for the waiting thread's look at `state`.
  volatile State state = State.OUTSIDE;
  volatile @Nullable Thread waiter;
  long expectedEnd;

  /// What [Pacer] said of the last request.
  long permit;

  private @Nullable Thread inside;
  private boolean cut;

  /// @param number of the object, in the order in which objects are read
  public Slot(ObjectRef object, long number) {
    this(object.summableSize(), ExpectedTime.of(object.size()).toNanos(), number);
  }

  private Slot(long size, long expectedNanos, long number) {
    this.size = size;
    this.expectedNanos = expectedNanos;
    this.number = number;
  }

  /// A slot that takes no capacity.
  public static Slot free() {
    return new Slot(0, 0, 0);
  }

  /// In bytes, for sums; 0 if it is unknown.
  long size() {
    return size;
  }

  long number() {
    return number;
  }

  /// How long one request for the object may take before something is wrong.
  long expectedNanos() {
    return expectedNanos;
  }

  /// Begins a stretch of work of this thread that [#cut] may interrupt.
  ///
  /// @return false if the slot was cut already
  public synchronized boolean enter() {
    inside = cut ? null : Thread.currentThread();
    return !cut;
  }

  /// Ends the stretch; an interrupt by [#cut] does not outlive it.
  public synchronized void exit() {
    inside = null;
    if (cut) {
      boolean _ = Thread.interrupted();
    }
  }

  /// Whether a thread is between [#enter] and [#exit].
  public synchronized boolean isEntered() {
    return inside != null;
  }

  /// Interrupts the thread that is between [#enter] and [#exit], now or later.
  public synchronized void cut() {
    cut = true;
    if (inside != null) {
      inside.interrupt();
    }
  }

  /// By size.
  @Override
  public int compareTo(Slot other) {
    return size == other.size ? Long.compare(number, other.number) : Long.compare(size, other.size);
  }
}
