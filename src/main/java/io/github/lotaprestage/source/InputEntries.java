package io.github.lotaprestage.source;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.Input;
import org.jspecify.annotations.Nullable;

/// The entries of one input, which say so.
final class InputEntries extends ObjectSource.Forwarding {

  private final Input input;

  InputEntries(ObjectSource entries, Input input) {
    super(entries);
    this.input = input;
  }

  @Override
  public @Nullable Entry next() throws SourceException, InterruptedException {
    Entry entry = super.next();
    return entry == null ? null : Entry.from(input, entry);
  }

  @Override
  public Rest unread() {
    Rest rest = super.unread();
    return new Rest(
        rest.entries().stream().map(entry -> Entry.from(input, entry)).toList(), rest.all());
  }
}
