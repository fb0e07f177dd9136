package io.github.lotaprestage.source;

import io.github.lotaprestage.engine.Entry;
import io.github.lotaprestage.engine.ObjectSource;
import io.github.lotaprestage.engine.SourceException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One source after another.
final class ConcatenatedSource implements ObjectSource {

  private final List<ObjectSource> parts;
  private int current;

  ConcatenatedSource(List<ObjectSource> parts) {
    this.parts = List.copyOf(parts);
  }

  @Override
  public @Nullable Entry next() throws SourceException, InterruptedException {
    while (current < parts.size()) {
      Entry entry = parts.get(current).next();
      if (entry != null) {
        return entry;
      }
      parts.get(current++).close();
    }
    return null;
  }

  @Override
  public long listed() {
    return parts.stream().mapToLong(ObjectSource::listed).sum();
  }

  @Override
  public void close() {
    parts.subList(current, parts.size()).forEach(ObjectSource::close);
  }
}
