package io.github.lotaprestage.object;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Hands items from any number of threads over to one.
///
/// - It holds a bounded number of items. [#put] adds its item at once, so that it cannot get lost,
///   and then waits until fewer than `bound` are held, or until [#unbind] is called. So there are
///   never more items than the bound and one for each thread that waits.
/// - Each item is taken once, in the order of its queue. A problem is taken before the items that
///   are held, and is not counted by the bound.
/// - After [#end], the items that are held can still be taken. After a fault they cannot: the taker
///   gets the fault.
public final class HandOver<T> {

  private final Queue<T> items;
  private final int bound;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notFull = lock.newCondition();
  private final Condition notEmpty = lock.newCondition();
  private final Condition gathered = lock.newCondition();
  private final Deque<SourceException> problems = new ArrayDeque<>();
  private boolean bounded = true;
  private boolean enough;
  private boolean ended;
  private @Nullable Throwable fault;

  /// First in, first out.
  ///
  /// @param bound when threads that hand items over have to wait
  public HandOver(int bound) {
    this(new ArrayDeque<>(), bound);
  }

  /// @param items decides which item is taken next; only this object may use it
  public HandOver(Queue<T> items, int bound) {
    this.items = items;
    this.bound = bound;
  }

  /// Hands an item over, and waits for space for another.
  ///
  /// @throws InterruptedException while it waits; the item is handed over nevertheless
  public void put(T item) throws InterruptedException {
    lock.lock();
    try {
      items.add(item);
      notEmpty.signal();
      if (items.size() >= bound) {
        gathered.signal();
      }
      while (bounded && items.size() >= bound) {
        notFull.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Hands over a problem: a part of the source cannot be read.
  public void problem(SourceException problem) {
    lock.lock();
    try {
      problems.add(problem);
      wakeTaker();
    } finally {
      lock.unlock();
    }
  }

  /// Says that nothing follows.
  public void end() {
    end(null);
  }

  /// Says that nothing follows because of a fault of the program or of Java.
  public void fail(Throwable why) {
    end(why);
  }

  private void end(@Nullable Throwable why) {
    lock.lock();
    try {
      ended = true;
      fault = why;
      wakeTaker();
    } finally {
      lock.unlock();
    }
  }

  /// Ends [#gather], now or as soon as it is called.
  public void endGathering() {
    lock.lock();
    try {
      enough = true;
      gathered.signal();
    } finally {
      lock.unlock();
    }
  }

  private void wakeTaker() {
    notEmpty.signal();
    gathered.signal();
  }

  /// Hands over what a source yields, its problems and its end, or the fault that ended it, and
  /// closes it. If this thread is interrupted, it closes the source early, and the end is missing.
  ///
  /// @param toItem makes an item of an entry
  public void putAll(ObjectSource source, Function<Entry, T> toItem) {
    Throwable thrown = null;
    try (source) {
      boolean more = true;
      while (more) {
        more = putNext(source, toItem);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    } catch (RuntimeException | Error e) {
      thrown = e;
    }
    end(thrown);
  }

  private boolean putNext(ObjectSource source, Function<Entry, T> toItem)
      throws InterruptedException {
    try {
      Entry entry = source.next();
      if (entry == null) {
        return false;
      }
      put(toItem.apply(entry));
    } catch (SourceException e) {
      problem(e);
    }
    return true;
  }

  /// Waits for the next item. One thread at a time may call this and [#gather].
  ///
  /// @return null at the end
  /// @throws SourceException if a problem is next; the next call continues after it
  /// @throws IllegalStateException after a fault
  public @Nullable T take() throws SourceException, InterruptedException {
    lock.lockInterruptibly();
    try {
      awaitNotEmpty();
      return next();
    } finally {
      lock.unlock();
    }
  }

  /// The next item without waiting, or null if there is none now.
  ///
  /// @throws SourceException as [#take] does
  public @Nullable T poll() throws SourceException {
    lock.lock();
    try {
      return next();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable T next() throws SourceException {
    if (fault != null) {
      throw new IllegalStateException("the source broke", fault);
    }
    SourceException problem = problems.poll();
    if (problem != null) {
      throw problem;
    }
    T item = items.poll();
    if (items.size() == bound - 1) {
      notFull.signalAll();
    }
    return item;
  }

  private void awaitNotEmpty() throws InterruptedException {
    while (isEmpty() && !ended) {
      notEmpty.await();
    }
  }

  /// Waits until there is an item or a problem, or until nothing follows, but only for a time.
  public void await(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (isEmpty() && !ended && left > 0) {
        left = notEmpty.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isEmpty() {
    return items.isEmpty() && problems.isEmpty();
  }

  /// Waits for an item or a problem. Without a problem, it goes on waiting until as many items are
  /// held as may be, until nothing follows, until [#endGathering] is called, or for a time.
  public void gather(Duration time) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      awaitNotEmpty();
      long left = time.toNanos();
      while (!isGathered() && left > 0) {
        left = gathered.awaitNanos(left);
      }
    } finally {
      enough = false;
      lock.unlock();
    }
  }

  private boolean isGathered() {
    return enough || ended || !problems.isEmpty() || items.size() >= bound;
  }

  /// Takes all items that are held, without waiting. Any thread may call this.
  public List<T> drain() {
    lock.lock();
    try {
      List<T> all = new ArrayList<>(items);
      items.clear();
      notFull.signalAll();
      return all;
    } finally {
      lock.unlock();
    }
  }

  /// The number of items that are held.
  public int size() {
    lock.lock();
    try {
      return items.size();
    } finally {
      lock.unlock();
    }
  }

  /// Whether nothing follows the items that are held.
  public boolean isEnded() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /// Whether nothing follows and nothing is held.
  public boolean isOver() {
    lock.lock();
    try {
      return ended && isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /// Whether nothing is missing besides the items that are held: it has ended without a fault, and
  /// no problem is left.
  public boolean isWhole() {
    lock.lock();
    try {
      return ended && fault == null && problems.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /// From now on, no thread waits for space.
  public void unbind() {
    lock.lock();
    try {
      bounded = false;
      notFull.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
