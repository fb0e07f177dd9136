package io.github.lotaprestage.source;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.SourceException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A source that is opened when its first object is requested, because requests are needed to open
/// it. Until then it is empty, and what it would contain is unknown.
final class DeferredSource implements ObjectSource {

  interface Opening {
    /// @param problems takes what could not be read; it is thrown before the first object comes
    ObjectSource open(Consumer<SourceException> problems) throws InterruptedException;
  }

  private final Opening opening;
  private final Queue<SourceException> problems = new ConcurrentLinkedQueue<>();
  private volatile @Nullable ObjectSource opened;
  private boolean closed;

  DeferredSource(Opening opening) {
    this.opening = opening;
  }

  @Override
  public @Nullable Entry next() throws SourceException, InterruptedException {
    ObjectSource source = opened;
    if (source == null) {
      source = opening.open(problems::add);
      opened(source);
    }
    SourceException problem = problems.poll();
    if (problem != null) {
      throw problem;
    }
    return source.next();
  }

  /// A source that was closed while it was being opened is closed now: closing does not wait.
  private synchronized void opened(ObjectSource source) {
    opened = source;
    if (closed) {
      source.close();
    }
  }

  @Override
  public Rest unread() {
    ObjectSource source = opened;
    if (source == null) {
      return Rest.UNKNOWN;
    }
    Rest rest = source.unread();
    return new Rest(rest.entries(), rest.all() && problems.isEmpty());
  }

  @Override
  public long listed() {
    ObjectSource source = opened;
    return source == null ? 0 : source.listed();
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (opened != null) {
      opened.close();
    }
  }
}
