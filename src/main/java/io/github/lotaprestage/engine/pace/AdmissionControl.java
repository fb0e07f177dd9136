package io.github.lotaprestage.engine.pace;

import io.github.lotaprestage.plan.Limits;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Decides which object's request is sent next.
///
/// - No more than `most` requests are in flight, and no more than the store accepts, see
///   [ConcurrencyBound] and [LearnedRate].
/// - No more requests and bytes a second are sent than the user allows, see [Pacer] and [FillRate].
///   Both limits and a free place are one decision: an object pays in the moment it is sent.
/// - An object that waits for its next attempt or for the rates takes no capacity. New objects and
///   retries are sent in turn. With 10,000 objects waiting, no new one is admitted.
/// - Few others run beside an object that is much larger than they are, see [BandwidthShare].
public final class AdmissionControl {

  /// Objects that may wait for their next attempt.
  static final int MAX_WAITING = 10_000;

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
  private final Pacer pacer;
  private final FillRate fillRate;
  private final BandwidthShare admitted = new BandwidthShare();

  /// Objects whose first request waits for the rates, in the order in which they were read. Their
  /// threads may arrive here in another order.
  private final Queue<Slot> firsts =
      new PriorityQueue<>((one, other) -> Long.compare(one.number(), other.number()));

  private final Deque<Slot> retries = new ArrayDeque<>();

  /// Waits to be admitted.
  private @Nullable Slot fresh;

  /// Whether a first request has precedence over a retry.
  private boolean newNext;

  private boolean paused;
  private volatile boolean closed;

  /// Objects in [#firsts], in [#retries] and in backoff.
  private int waiting;

  private long waitingBytes;

  /// Whether the last look found something that has to wait for a certain time.
  private boolean heldBack;

  /// The earliest of these times.
  private long heldBackUntil;

  /// Read without the lock, so it is set once for each look.
  private volatile @Nullable Alarm alarm;

  /// Whose thread looks again, and when at the latest.
  private record Alarm(Slot slot, long time) {}

  /// @param limits the concurrency and the rates of which are used here
  public AdmissionControl(Limits limits) {
    this(limits, System::nanoTime);
  }

  /// @param clock nanoseconds
  AdmissionControl(Limits limits, LongSupplier clock) {
    this.most = limits.concurrency();
    this.clock = clock;
    this.bound = new ConcurrencyBound(most);
    this.pacer = new Pacer(limits.headsPerSecond(), clock.getAsLong());
    this.fillRate = new FillRate(limits.fillBytesPerSecond(), clock.getAsLong());
  }

  /// Waits until a new object may be begun. One thread at a time may call this.
  ///
  /// @param left bytes of all objects after it; empty as long as they are not all known
  /// @return false if nothing is sent any more
  public boolean admit(Slot slot, OptionalLong left) throws InterruptedException {
    arrive(slot, left);
    return await(slot);
  }

  /// [#admit] without the wait.
  void arrive(Slot slot, OptionalLong left) {
    lock.lock();
    try {
      if (left.isPresent()) {
        admitted.total(waitingBytes + slot.size() + left.getAsLong());
      }
      fresh = slot;
      slot.waiter = Thread.currentThread();
      grant();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until a request may be sent for an object that was admitted or suspended.
  ///
  /// @return false if nothing is sent any more
  public boolean permit(Slot slot) throws InterruptedException {
    return request(slot) && await(slot);
  }

  /// [#permit] without the wait.
  ///
  /// @return false if nothing is sent any more
  boolean request(Slot slot) {
    if (slot.state == Slot.State.ADMITTED && !limits()) {
      slot.permit = pacer.sending(clock.getAsLong());
      return true;
    }
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      slot.waiter = Thread.currentThread();
      if (slot.state == Slot.State.ADMITTED) {
        remove(slot, Answer.NONE);
        toWaiting(slot);
        firsts.add(slot);
      } else {
        retries.add(slot);
      }
      grant();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean limits() {
    return pacer.limits() || fillRate.limits();
  }

  /// Gives the slot of an object back that waits for its next attempt.
  public void suspend(Slot slot, Answer answer) {
    lock.lock();
    try {
      remove(slot, answer);
      toWaiting(slot);
      grant();
    } finally {
      lock.unlock();
    }
  }

  /// Pays for an object whose size was not known when it was sent.
  public void charge(long size) {
    lock.lock();
    try {
      fillRate.pay(size, clock.getAsLong());
    } finally {
      lock.unlock();
    }
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
          if (!retries.remove(slot)) {
            firsts.remove(slot);
          }
        }
        case OUTSIDE -> {}
      }
      slot.state = Slot.State.OUTSIDE;
      grant();
      return admitted.count() == 0 && waiting == 0;
    } finally {
      lock.unlock();
    }
  }

  /// Holds new objects back, or lets them go on; those that were admitted go on in any case.
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
      firsts.forEach(AdmissionControl::wake);
      firsts.clear();
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
      inFlight = admitted.slots();
    } finally {
      lock.unlock();
    }
    inFlight.forEach(Slot::cut);
  }

  /// How many objects are admitted now.
  int admitted() {
    lock.lock();
    try {
      return admitted.count();
    } finally {
      lock.unlock();
    }
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
      Alarm set = alarm;
      if (set != null && slot.equals(set.slot())) {
        long left = set.time() - clock.getAsLong();
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

  /// Looks again at a time when something that was held back may be sent.
  void grantAgain() {
    lock.lock();
    try {
      grant();
    } finally {
      lock.unlock();
    }
  }

  /// When to look again; empty if something has to happen before.
  OptionalLong heldBackUntil() {
    Alarm set = alarm;
    return set == null ? OptionalLong.empty() : OptionalLong.of(set.time());
  }

  /// Admits and sends as much as is allowed.
  private void grant() {
    heldBack = false;
    boolean more = true;
    while (more && !closed && admitted.count() < Math.min(most, bound.now())) {
      more = newNext ? grantNew() || grantRetry() : grantRetry() || grantNew();
    }
    setAlarm();
  }

  /// Wakes the thread that has to look again, unless it sleeps no longer than that already.
  private void setAlarm() {
    Alarm before = alarm;
    Slot next = firsts.isEmpty() ? retries.isEmpty() ? fresh : retries.peek() : firsts.peek();
    Alarm after = heldBack && next != null ? new Alarm(next, heldBackUntil) : null;
    alarm = after;
    if (after != null
        && (before == null
            || !before.slot().equals(after.slot())
            || before.time() - after.time() > 0)) {
      wake(after.slot());
    }
  }

  private boolean grantRetry() {
    Slot slot = retries.peek();
    long now = clock.getAsLong();
    if (slot == null || isHeldBack(Math.max(admitted.delay(slot, now), pacer.delay(now)), now)) {
      return false;
    }
    retries.remove();
    send(slot, now);
    newNext = true;
    return true;
  }

  private boolean grantNew() {
    return grantFirst() || grantFresh();
  }

  private boolean grantFirst() {
    Slot slot = firsts.peek();
    long now = clock.getAsLong();
    if (slot == null
        || isHeldBack(admitted.delay(slot, now), now)
        || isHeldBack(Math.max(pacer.delay(now), fillRate.delay(slot.size(), now)), now)) {
      return false;
    }
    firsts.remove();
    fillRate.pay(slot.size(), now);
    send(slot, now);
    newNext = false;
    return true;
  }

  private boolean grantFresh() {
    Slot slot = fresh;
    long now = clock.getAsLong();
    if (slot == null
        || paused
        || firsts.size() >= most
        || waiting + admitted.count() >= Math.max(MAX_WAITING, most)
        || isHeldBack(admitted.delay(slot, now), now)) {
      return false;
    }
    fresh = null;
    admit(slot, now);
    newNext &= limits(); // then its request takes the turn, and not its admission
    return true;
  }

  private boolean isHeldBack(long delay, long now) {
    if (delay > 0) {
      long until = now + delay;
      heldBackUntil = heldBack && heldBackUntil - until < 0 ? heldBackUntil : until;
      heldBack = true;
    }
    return delay > 0;
  }

  private void send(Slot slot, long now) {
    waiting--;
    waitingBytes -= slot.size();
    slot.permit = pacer.sending(now);
    admit(slot, now);
  }

  private void admit(Slot slot, long now) {
    admitted.add(slot, now);
    slot.state = Slot.State.ADMITTED;
    wake(slot);
  }

  private static void wake(@Nullable Slot slot) {
    if (slot != null && !Thread.currentThread().equals(slot.waiter)) {
      LockSupport.unpark(slot.waiter);
    }
  }

  private void toWaiting(Slot slot) {
    slot.state = Slot.State.WAITING;
    waiting++;
    waitingBytes += slot.size();
  }

  private void remove(Slot slot, Answer answer) {
    admitted.remove(slot);
    if (answer != Answer.NONE) {
      bound.answered(answer == Answer.THROTTLED);
    }
    if (answer == Answer.THROTTLED) {
      pacer.throttled(slot.permit, clock.getAsLong());
    }
  }
}
