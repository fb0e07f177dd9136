package io.github.lotaprestage.engine;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.SourceException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A source over a list, which can fail once on its way.
public final class FakeSource implements ObjectSource {

  private final List<? extends Entry> entries;
  private volatile int next;
  private volatile @Nullable Thread puller;
  private int failBefore = -1;
  private @Nullable SourceException failure;

  public FakeSource(List<? extends Entry> entries) {
    this.entries = entries;
  }

  /// Throws `problem` once, instead of yielding entry number `index`.
  public void failBefore(int index, SourceException problem) {
    failBefore = index;
    failure = problem;
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread pulls, others only look
  public @Nullable Entry next() throws SourceException {
    puller = Thread.currentThread();
    SourceException problem = failure;
    if (next == failBefore && problem != null) {
      failure = null;
      throw problem;
    }
    return next < entries.size() ? entries.get(next++) : null;
  }

  /// Returns when `count` entries were handed out and the thread that pulls them waits, or has
  /// ended.
  public void awaitPause(int count) {
    while (next < count || !isPaused()) {
      Thread.onSpinWait();
    }
  }

  private boolean isPaused() {
    Thread thread = puller;
    return thread != null
        && switch (thread.getState()) {
          case WAITING, TERMINATED -> true;
          case NEW, RUNNABLE, BLOCKED, TIMED_WAITING -> false;
        };
  }

  @Override
  public long listed() {
    return next;
  }

  @Override
  public void close() {}
}
