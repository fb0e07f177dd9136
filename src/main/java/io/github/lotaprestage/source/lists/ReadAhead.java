package io.github.lotaprestage.source.lists;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.HandOver;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.SourceException;
import org.jspecify.annotations.Nullable;

/// Reads a source on a thread of its own. A thread that reads from a pipe can be neither
/// interrupted nor closed until data arrives. A thread that waits here can be, and abandons the
/// other one.
///
/// Holds a bounded number of entries, in their order.
public final class ReadAhead implements ObjectSource {

  private static final int HELD = 1000;

  private final ObjectSource source;
  private final HandOver<Entry> ready = new HandOver<>(HELD);
  private final Thread reader;

  public ReadAhead(ObjectSource source) {
    this.source = source;
    this.reader =
        Thread.ofPlatform()
            .daemon()
            .name("read-ahead")
            .unstarted(() -> ready.putAll(source, entry -> entry));
  }

  @Override
  public @Nullable Entry next() throws SourceException, InterruptedException {
    if (reader.getState() == Thread.State.NEW) {
      reader.start();
    }
    return ready.take();
  }

  @Override
  public Rest unread() {
    boolean all = ready.isWhole();
    return new Rest(ready.drain(), all);
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
