package io.github.lotaprestage.source;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.SourceException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Reads a bounded number of objects ahead and returns the largest first, so that a huge object
/// that is listed last does not delay the end of the run by its whole fill.
///
/// It waits a moment for the window to fill before it returns the first object, because more
/// objects make a better order. After that it returns the largest object it has. Objects of unknown
/// size come first, in their own order, without that wait.
final class LargestFirst implements ObjectSource {

  private record Waiting(Entry entry, long size, long number) implements Comparable<Waiting> {
    static Waiting of(Entry entry, long number) {
      Long size = entry instanceof ObjectRef object ? object.size() : null;
      return new Waiting(entry, size == null ? Long.MAX_VALUE : size, number);
    }

    @Override
    public int compareTo(Waiting other) {
      return size == other.size
          ? Long.compare(number, other.number)
          : Long.compare(other.size, size);
    }

    /// For sums: 0 if the size is unknown.
    long bytes() {
      return entry instanceof ObjectRef object ? object.summableSize() : 0;
    }
  }

  private final ObjectSource source;
  private final int window;
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();
  private final Deque<SourceException> problems = new ArrayDeque<>();
  private long bytesWaiting;
  private @Nullable Throwable broken;
  private boolean begun;
  private boolean ended;
  private @Nullable Thread reader;

  /// @param window the maximum number of objects held
  /// @param patience the maximum wait after the first object has arrived
  LargestFirst(ObjectSource source, int window, Duration patience) {
    this.source = source;
    this.window = window;
    this.patience = patience;
  }

  @Override
  public @Nullable Entry next() throws SourceException, InterruptedException {
    lock.lockInterruptibly();
    try {
      if (reader == null) {
        reader = Thread.ofVirtual().name("look-ahead").start(this::read);
      }
      while (waiting.isEmpty() && problems.isEmpty() && !ended) {
        changed.await();
      }
      if (!begun) {
        begun = true;
        waitForMore();
      }
      if (broken != null) {
        throw new IllegalStateException("the source broke", broken);
      }
      SourceException problem = problems.poll();
      if (problem != null) {
        throw problem;
      }
      Waiting largest = waiting.poll();
      if (largest == null) {
        return null;
      }
      bytesWaiting -= largest.bytes();
      changed.signalAll();
      return largest.entry();
    } finally {
      lock.unlock();
    }
  }

  private void waitForMore() throws InterruptedException {
    long left = patience.toNanos();
    while (left > 0 && !ended && waiting.size() < window && mayBeOvertaken(waiting.peek())) {
      left = changed.awaitNanos(left);
    }
  }

  private static boolean mayBeOvertaken(@Nullable Waiting first) {
    return first != null && first.size() < Long.MAX_VALUE;
  }

  private void read() {
    try {
      long number = 0;
      boolean more = true;
      while (more) {
        Entry entry = null;
        SourceException problem = null;
        try {
          entry = source.next();
        } catch (SourceException e) {
          problem = e;
        }
        more = entry != null || problem != null;
        add(entry == null ? null : Waiting.of(entry, number++), problem);
      }
    } catch (InterruptedException e) {
      end(null); // closed; the reader is gone
    } catch (RuntimeException | Error e) {
      end(e);
    }
  }

  /// If both are empty, the source has ended.
  private void add(@Nullable Waiting entry, @Nullable SourceException problem)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (entry != null) {
        waiting.add(entry);
        bytesWaiting += entry.bytes();
      } else if (problem != null) {
        problems.add(problem);
      } else {
        ended = true;
      }
      changed.signalAll();
      while (waiting.size() >= window) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void end(@Nullable Throwable fault) {
    lock.lock();
    try {
      broken = fault;
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public OptionalLong bytesLeft() {
    lock.lock();
    try {
      return ended ? OptionalLong.of(bytesWaiting) : OptionalLong.empty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Rest unread() {
    lock.lock();
    try {
      List<Entry> entries = new ArrayList<>(waiting.stream().map(Waiting::entry).toList());
      waiting.clear();
      Rest behind = ended ? new Rest(List.of(), broken == null) : source.unread();
      entries.addAll(behind.entries());
      return new Rest(entries, ended && behind.all() && problems.isEmpty());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long listed() {
    return source.listed();
  }

  @Override
  public void close() {
    Thread started = reader;
    if (started != null) {
      started.interrupt();
    }
    source.close();
  }
}
