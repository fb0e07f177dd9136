package io.github.lotaprestage.source;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.SourceException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Yields the named keys whose names pass the filters.
record FilteredKeys(ObjectSource names, Predicate<ObjectRef> wanted) implements ObjectSource {

  @Override
  public @Nullable Entry next() throws SourceException, InterruptedException {
    Entry entry = names.next();
    while (entry instanceof ObjectRef object && !wanted.test(object)) {
      if (Thread.interrupted()) { // there may be a billion names that the filters exclude
        throw new InterruptedException();
      }
      entry = names.next();
    }
    return entry;
  }

  @Override
  public Rest unread() {
    Rest rest = names.unread();
    return new Rest(
        rest.entries().stream()
            .filter(entry -> !(entry instanceof ObjectRef object) || wanted.test(object))
            .toList(),
        rest.all());
  }

  @Override
  public long listed() {
    return names.listed();
  }

  @Override
  public void close() {
    names.close();
  }
}
