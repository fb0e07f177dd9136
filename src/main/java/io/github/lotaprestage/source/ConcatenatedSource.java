package io.github.lotaprestage.source;

import io.github.lotaprestage.engine.Entry;
import io.github.lotaprestage.engine.ObjectSource;
import io.github.lotaprestage.engine.SourceException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One source after another. A part that fails is left behind and the next one goes on.
final class ConcatenatedSource implements ObjectSource {

  private final List<ObjectSource> parts;
  private int current;

  ConcatenatedSource(List<ObjectSource> parts) {
    this.parts = List.copyOf(parts);
  }

  @Override
  public @Nullable Entry next() throws SourceException, InterruptedException {
    while (current < parts.size()) {
      ObjectSource part = parts.get(current);
      try {
        Entry entry = part.next();
        if (entry != null) {
          return entry;
        }
        leave(part);
      } catch (SourceException e) {
        leave(part);
        throw e;
      }
    }
    return null;
  }

  private void leave(ObjectSource part) {
    part.close();
    current++;
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
