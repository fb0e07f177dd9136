package io.github.lotaprestage.source.lists;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// Reads a source on a thread of its own. A thread that reads from a pipe can be neither
/// interrupted nor closed until data arrives. A thread that waits here can be, and abandons the
/// other one.
///
/// Holds a bounded number of entries, in their order.
public final class ReadAhead implements ObjectSource {

  private static final int HELD = 1000;

  private sealed interface Part {
    record Found(Entry entry) implements Part {}

    record Problem(SourceException problem) implements Part {}

    /// @param fault why, if it was not the end of the source
    record End(@Nullable Throwable fault) implements Part {}
  }

  private final ObjectSource source;
  private final BlockingQueue<Part> ready = new ArrayBlockingQueue<>(HELD);
  private final Thread reader;
  private volatile boolean ended;

  public ReadAhead(ObjectSource source) {
    this.source = source;
    this.reader = Thread.ofPlatform().daemon().name("read-ahead").unstarted(this::read);
  }

  @Override
  public @Nullable Entry next() throws SourceException, InterruptedException {
    if (reader.getState() == Thread.State.NEW) {
      reader.start();
    }
    if (ended) {
      return null;
    }
    return switch (ready.take()) {
      case Part.Found found -> found.entry();
      case Part.Problem part -> throw part.problem();
      case Part.End end -> {
        ended = true;
        if (end.fault() != null) {
          throw new IllegalStateException("the source broke", end.fault());
        }
        yield null;
      }
    };
  }

  private void read() {
    try {
      ready.put(new Part.End(readAll()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed; the reader is gone
    }
  }

  private @Nullable Throwable readAll() throws InterruptedException {
    try (source) {
      boolean more = true;
      while (more) {
        try {
          Entry entry = source.next();
          more = entry != null;
          if (entry != null) {
            ready.put(new Part.Found(entry));
          }
        } catch (SourceException e) {
          ready.put(new Part.Problem(e));
        }
      }
      return null;
    } catch (RuntimeException | Error e) {
      return e;
    }
  }

  @Override
  public Rest unread() {
    List<Entry> rest = new ArrayList<>();
    boolean all = ended;
    for (Part part = ready.poll(); part != null; part = ready.poll()) {
      switch (part) {
        case Part.Found found -> rest.add(found.entry());
        case Part.Problem _ -> {} // the list is incomplete, and the end does not come
        case Part.End end -> all = end.fault() == null;
      }
    }
    return new Rest(rest, all);
  }

  @Override
  public long listed() {
    return source.listed();
  }

  /// The reading thread closes the source as soon as it can.
  @Override
  public void close() {
    reader.interrupt();
  }
}
