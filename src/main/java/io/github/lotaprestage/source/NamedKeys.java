package io.github.lotaprestage.source;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.ObjectSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The objects that the command line names one by one.
final class NamedKeys implements ObjectSource {

  private final Iterator<ObjectRef> objects;
  private final AtomicLong listed = new AtomicLong();

  NamedKeys(List<ObjectRef> objects) {
    this.objects = objects.iterator();
  }

  @Override
  public synchronized @Nullable Entry next() {
    if (!objects.hasNext()) {
      return null;
    }
    listed.incrementAndGet();
    return objects.next();
  }

  @Override
  public synchronized Rest unread() {
    List<Entry> rest = new ArrayList<>();
    for (Entry entry = next(); entry != null; entry = next()) {
      rest.add(entry);
    }
    return new Rest(rest, true);
  }

  @Override
  public long listed() {
    return listed.get();
  }

  @Override
  public void close() {}
}
