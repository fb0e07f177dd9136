package io.github.lotaprestage.source;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Yields the entries of several sources, one source after another.
final class ConcatenatedSource implements ObjectSource {

  private final List<ObjectSource> parts;
  private final AtomicInteger current = new AtomicInteger();

  ConcatenatedSource(List<ObjectSource> parts) {
    this.parts = List.copyOf(parts);
  }

  @Override
  public @Nullable Entry next() throws SourceException, InterruptedException {
    while (current.get() < parts.size()) {
      ObjectSource part = parts.get(current.get());
      Entry entry = part.next();
      if (entry != null) {
        return entry;
      }
      part.close();
      current.incrementAndGet();
    }
    return null;
  }

  @Override
  public Rest unread() {
    List<Entry> entries = new ArrayList<>();
    boolean all = true;
    for (ObjectSource part : parts.subList(current.get(), parts.size())) {
      Rest rest = part.unread();
      entries.addAll(rest.entries());
      all &= rest.all();
    }
    return new Rest(entries, all);
  }

  @Override
  public long listed() {
    return parts.stream().mapToLong(ObjectSource::listed).sum();
  }

  @Override
  public void close() {
    parts.subList(current.get(), parts.size()).forEach(ObjectSource::close);
  }
}
