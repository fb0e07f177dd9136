package io.github.lotaprestage.source;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.plan.target.Input;
import io.github.lotaprestage.resolve.NamedTargets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The objects that the command line names.
final class NamedKeys implements ObjectSource {

  /// How many names are reported when a run ends early. There may be a billion of them.
  private static final int MAX_UNREAD = 50_000;

  private final NamedTargets names;
  private final Function<NamedTargets.Name, @Nullable Input> input;
  private final AtomicLong listed = new AtomicLong();

  /// @param input returns what selects a name; null for the first input
  NamedKeys(NamedTargets names, Function<NamedTargets.Name, @Nullable Input> input) {
    this.names = names;
    this.input = input;
  }

  @Override
  public synchronized @Nullable Entry next() {
    NamedTargets.Name name = names.next();
    if (name == null) {
      return null;
    }
    listed.incrementAndGet();
    return ObjectRef.named(name.key().bucket(), name.key().key()).selectedBy(input.apply(name));
  }

  @Override
  public synchronized Rest unread() {
    List<Entry> rest = new ArrayList<>();
    while (rest.size() < MAX_UNREAD) {
      Entry entry = next();
      if (entry == null) {
        return new Rest(rest, true);
      }
      rest.add(entry);
    }
    return new Rest(rest, names.next() == null);
  }

  @Override
  public long listed() {
    return listed.get();
  }

  @Override
  public void close() {}
}
