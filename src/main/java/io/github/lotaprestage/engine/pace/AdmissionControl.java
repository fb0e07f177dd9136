package io.github.lotaprestage.engine.pace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Decides which object's request is sent next.
///
/// - No more than `most` requests are in flight, and no more than the store accepts, see
///   [ConcurrencyBound].
/// - An object that waits for its next attempt takes no capacity. New objects and retries are
///   admitted in turn. With 10,000 objects waiting, no new one is admitted.
/// - If one object is much larger than the rest, fewer others run beside it, since fills in flight
///   share the bandwidth. Once the total is known, as many run beside it as are needed to finish
///   all the rest while it is being filled. Example: 17 others at a time if 5,000 objects of 64 MiB
///   are left beside one of 20,000 MiB. Up to 256 MiB of others are always admitted. The rule ends
///   when the large object is no longer in flight, or takes longer than expected.
public final class AdmissionControl {

  /// Objects that may wait for their next attempt.
  static final int MAX_WAITING = 10_000;

  /// What may always be in flight beside the largest object. It is less than what is on its way at
  /// 20 GB/s while one waits 20 ms for the first byte.
  private static final long SMALL_BYTES = 256L << 20;

  /// What a request that is no longer in flight says about the store's limits.
  public enum Answer {
    /// No request was answered.
    NONE,
    ACCEPTED,
    THROTTLED
  }

  private final int most;
  private final LongSupplier clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final ConcurrencyBound bound;

  /// Admitted and not beyond their expected time.
  private final TreeSet<Slot> onTime = new TreeSet<>();

  private final Set<Slot> late = new HashSet<>();
  private final Deque<Slot> retries = new ArrayDeque<>();
  private @Nullable Slot fresh;
  private boolean freshNext;
  private boolean paused;
  private volatile boolean closed;
  private int waiting;

  /// Of the slots that are on time.
  private long bytes;

  private long waitingBytes;
  private OptionalLong all = OptionalLong.empty();

  /// When the large object that holds others back is beyond its expected time.
  private volatile long heldBackUntil;

  private volatile boolean heldBack;

  public AdmissionControl(int most) {
    this(most, System::nanoTime);
  }

  /// @param clock nanoseconds
  AdmissionControl(int most, LongSupplier clock) {
    this.most = most;
    this.clock = clock;
    this.bound = new ConcurrencyBound(most);
  }

  /// Waits until a new object may be sent. One thread at a time may call this.
  ///
  /// @param left bytes of all objects after it; empty as long as they are not all known
  /// @return false if nothing is sent any more
  public boolean admit(Slot slot, OptionalLong left) throws InterruptedException {
    lock.lock();
    try {
      if (all.isEmpty() && left.isPresent()) {
        long admitted = bytes + late.stream().mapToLong(Slot::size).sum();
        all = OptionalLong.of(admitted + waitingBytes + slot.size() + left.getAsLong());
      }
      fresh = slot;
      slot.waiter = Thread.currentThread();
      grant();
    } finally {
      lock.unlock();
    }
    return await(slot);
  }

  /// Gives the slot of an object back that waits for its next attempt.
  public void suspend(Slot slot, Answer answer) {
    lock.lock();
    try {
      remove(slot, answer);
      slot.state = Slot.State.WAITING;
      waiting++;
      waitingBytes += slot.size();
      grant();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the next attempt of a suspended object may be sent.
  ///
  /// @return false if nothing is sent any more
  public boolean readmit(Slot slot) throws InterruptedException {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      slot.waiter = Thread.currentThread();
      retries.add(slot);
      grant();
    } finally {
      lock.unlock();
    }
    return await(slot);
  }

  /// Ends an object, whether it is in flight or waits.
  ///
  /// @return whether no other object is in flight or waits
  public boolean finish(Slot slot, Answer answer) {
    lock.lock();
    try {
      switch (slot.state) {
        case ADMITTED -> remove(slot, answer);
        case WAITING -> {
          waiting--;
          waitingBytes -= slot.size();
          retries.remove(slot);
        }
        case OUTSIDE -> {}
      }
      slot.state = Slot.State.OUTSIDE;
      grant();
      return taken() == 0 && waiting == 0;
    } finally {
      lock.unlock();
    }
  }

  /// Holds new objects back, or lets them go on; retries go on in any case.
  public void pause(boolean newObjects) {
    lock.lock();
    try {
      paused = newObjects;
      grant();
    } finally {
      lock.unlock();
    }
  }

  /// Releases all current and future waiters: nothing is sent any more.
  public void close() {
    lock.lock();
    try {
      closed = true;
      retries.forEach(AdmissionControl::wake);
      retries.clear();
      wake(fresh);
    } finally {
      lock.unlock();
    }
  }

  /// Interrupts every request in flight.
  public void cut() {
    List<Slot> inFlight;
    lock.lock();
    try {
      inFlight = new ArrayList<>(onTime);
      inFlight.addAll(late);
    } finally {
      lock.unlock();
    }
    inFlight.forEach(Slot::cut);
  }

  /// How many objects are admitted now.
  int admitted() {
    lock.lock();
    try {
      return taken();
    } finally {
      lock.unlock();
    }
  }

  private int taken() {
    return onTime.size() + late.size();
  }

  /// Nothing between the look at the slot's state and the parking may park by itself, as a lock
  /// does: it would use up the wake-up.
  private boolean await(Slot slot) throws InterruptedException {
    while (slot.state != Slot.State.ADMITTED) {
      if (Thread.interrupted()) {
        forget(slot);
        throw new InterruptedException();
      }
      if (closed) {
        return slot.state == Slot.State.ADMITTED;
      }
      if (heldBack) {
        long left = heldBackUntil - clock.getAsLong();
        if (left > 0) {
          LockSupport.parkNanos(this, left);
        } else {
          grantAgain();
        }
      } else {
        LockSupport.park(this);
      }
    }
    return true;
  }

  private void forget(Slot slot) {
    lock.lock();
    try {
      fresh = slot.equals(fresh) ? null : fresh;
    } finally {
      lock.unlock();
    }
  }

  private void grantAgain() {
    lock.lock();
    try {
      grant();
    } finally {
      lock.unlock();
    }
  }

  /// Admits as many as there is capacity for.
  private void grant() {
    boolean wasHeldBack = heldBack;
    long wasUntil = heldBackUntil;
    heldBack = false;
    boolean more = true;
    while (more && !closed && taken() < Math.min(most, bound.now())) {
      Slot retry = retries.peek();
      Slot next = mayStart() ? fresh : null;
      more =
          freshNext
              ? admitIfPossible(next) || admitIfPossible(retry)
              : admitIfPossible(retry) || admitIfPossible(next);
    }
    if (heldBack && !(wasHeldBack && wasUntil == heldBackUntil)) {
      wake(retries.peek()); // to wait until then
      wake(fresh);
    }
  }

  private boolean mayStart() {
    return !paused && waiting + taken() < Math.max(MAX_WAITING, most);
  }

  private boolean admitIfPossible(@Nullable Slot slot) {
    if (slot == null || !isAllowed(slot)) {
      return false;
    }
    if (slot.equals(fresh)) {
      fresh = null;
      freshNext = false;
    } else {
      retries.remove();
      freshNext = true;
      waiting--;
      waitingBytes -= slot.size();
    }
    slot.expectedEnd = clock.getAsLong() + slot.expectedNanos();
    bytes += slot.size();
    onTime.add(slot);
    slot.state = Slot.State.ADMITTED;
    wake(slot);
    return true;
  }

  private static void wake(@Nullable Slot slot) {
    if (slot != null && !Thread.currentThread().equals(slot.waiter)) {
      LockSupport.unpark(slot.waiter);
    }
  }

  private void remove(Slot slot, Answer answer) {
    if (!late.remove(slot)) {
      onTime.remove(slot);
      bytes -= slot.size();
    }
    if (answer != Answer.NONE) {
      bound.answered(answer == Answer.THROTTLED);
    }
  }

  private boolean isAllowed(Slot slot) {
    if (all.isEmpty()) {
      return true;
    }
    Slot largest = largest();
    if (largest == null
        || bytes - largest.size() + slot.size() <= SMALL_BYTES
        || onTime.size() - 1 < maxBeside(largest.size(), slot.size())) {
      return true;
    }
    heldBackUntil = largest.expectedEnd;
    heldBack = true;
    return false;
  }

  /// The largest object in flight that is not late.
  private @Nullable Slot largest() {
    Iterator<Slot> descending = onTime.descendingIterator();
    while (descending.hasNext()) {
      Slot slot = descending.next();
      if (slot.expectedEnd - clock.getAsLong() > 0) {
        return slot;
      }
      descending.remove();
      bytes -= slot.size();
      late.add(slot);
    }
    return null;
  }

  /// How many objects of this size at a time are enough to do all the rest while the largest is
  /// being filled.
  private double maxBeside(long largest, long size) {
    return largest <= size
        ? Double.MAX_VALUE
        : (double) (all.getAsLong() - largest) / (largest - size);
  }
}
