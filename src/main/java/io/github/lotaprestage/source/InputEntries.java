package io.github.lotaprestage.source;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.Input;
import org.jspecify.annotations.Nullable;

/// The entries of one input, which say so.
record InputEntries(ObjectSource entries, Input input) implements ObjectSource {

  @Override
  public @Nullable Entry next() throws SourceException, InterruptedException {
    Entry entry = entries.next();
    return entry == null ? null : Entry.from(input, entry);
  }

  @Override
  public Rest unread() {
    Rest rest = entries.unread();
    return new Rest(
        rest.entries().stream().map(entry -> Entry.from(input, entry)).toList(), rest.all());
  }

  @Override
  public long listed() {
    return entries.listed();
  }

  @Override
  public void close() {
    entries.close();
  }
}
