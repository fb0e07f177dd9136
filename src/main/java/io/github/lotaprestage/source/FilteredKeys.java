package io.github.lotaprestage.source;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.SourceException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Yields the entries of named keys that are wanted.
record FilteredKeys(ObjectSource names, Predicate<Entry> wanted) implements ObjectSource {

  @Override
  public @Nullable Entry next() throws SourceException, InterruptedException {
    Entry entry = names.next();
    while (entry != null && !wanted.test(entry)) {
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
    return new Rest(rest.entries().stream().filter(wanted).toList(), rest.all());
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
