package io.github.lotaprestage.source;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.HandOver;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.SourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Reads a bounded number of objects ahead and returns the largest first, so that a huge object
/// that is listed last does not delay the end of the run by its whole fill.
///
/// It waits a moment for the window to fill before it returns the first object, because more
/// objects make a better order. After that it returns the largest object it has. Objects of unknown
/// size come first, in their own order, without that wait.
final class LargestFirst implements ObjectSource {

  private record Waiting(Entry entry, @Nullable Long size, long number)
      implements Comparable<Waiting> {

    Waiting(Entry entry, long number) {
      this(entry, entry instanceof ObjectRef object ? object.size() : null, number);
    }

    @Override
    public int compareTo(Waiting other) {
      int bySize =
          size == null || other.size == null
              ? Boolean.compare(size != null, other.size != null)
              : Long.compare(other.size, size);
      return bySize == 0 ? Long.compare(number, other.number) : bySize;
    }

    /// For sums: 0 if the size is unknown.
    long bytes() {
      return entry instanceof ObjectRef object ? object.summableSize() : 0;
    }
  }

  private final ObjectSource source;
  private final Duration maxWait;
  private final HandOver<Waiting> window;
  private final AtomicLong bytesWaiting = new AtomicLong();
  private boolean begun;
  private volatile @Nullable Thread reader;
  private long number; // only the reader counts

  /// @param window the maximum number of objects held
  /// @param maxWait the maximum wait after the first object has arrived
  LargestFirst(ObjectSource source, int window, Duration maxWait) {
    this.source = source;
    this.maxWait = maxWait;
    this.window = new HandOver<>(new PriorityQueue<>(), window);
  }

  @Override
  public @Nullable Entry next() throws SourceException, InterruptedException {
    if (reader == null) {
      reader =
          Thread.ofVirtual().name("look-ahead").start(() -> window.putAll(source, this::waiting));
    }
    if (!begun) {
      window.gather(maxWait);
      begun = true;
    }
    Waiting largest = window.take();
    if (largest == null) {
      return null;
    }
    bytesWaiting.addAndGet(-largest.bytes());
    return largest.entry();
  }

  private Waiting waiting(Entry entry) {
    Waiting waiting = new Waiting(entry, number++);
    bytesWaiting.addAndGet(waiting.bytes());
    if (waiting.size() == null) {
      window.endGathering();
    }
    return waiting;
  }

  @Override
  public OptionalLong bytesLeft() {
    return window.isEnded() ? OptionalLong.of(bytesWaiting.get()) : OptionalLong.empty();
  }

  @Override
  public int ready() {
    return window.size();
  }

  @Override
  public boolean restIsReady() {
    return window.isEnded();
  }

  @Override
  public Rest unread() {
    boolean ended = window.isEnded();
    boolean all = window.isWhole();
    List<Entry> entries = new ArrayList<>();
    window.drain().forEach(waiting -> entries.add(waiting.entry()));
    if (!ended) {
      entries.addAll(source.unread().entries());
    }
    return new Rest(entries, all);
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
