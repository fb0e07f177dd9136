package io.github.lotaprestage.engine;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.SourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Stands between a source and the engine, and is the only way for outcomes out of the engine. It
/// knows the entries that the source handed out and that have no outcome yet.
///
/// - Each entry is reported exactly once, to every listener in turn: by the thread that stages it
///   or, once the run has to end without that thread, by [#settle].
/// - An outcome that arrives after that is dropped, because its entry was already reported.
public final class Ledger implements AutoCloseable {

  /// How long [#settle] waits for threads that are just reporting an outcome, and for the last
  /// entry of the source.
  private static final Duration UNDER_WAY = Duration.ofMillis(300);

  /// Not a record, because the `equals` and `hashCode` of records are generated at run time, which
  /// delays the start.
  private static final class Name {
    private final String bucket;
    private final String key;

    Name(String bucket, String key) {
      this.bucket = bucket;
      this.key = key;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Name name && key.equals(name.key) && bucket.equals(name.bucket);
    }

    @Override
    public int hashCode() {
      return 31 * key.hashCode() + bucket.hashCode();
    }
  }

  /// @param count how many times the source named the object
  private record Open(Entry entry, int count) {}

  private final ObjectSource source;
  private final List<Prestager.Listener> listeners;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Name, Open> open = new LinkedHashMap<>();
  private long handedOut;
  private long bytesHandedOut;
  private boolean sizesKnown = true;
  private int reporting;
  private boolean settled;

  /// Takes an entry that leaves the source while the run is being settled.
  private @Nullable List<Entry> late;

  /// Whether an entry may have left the source that is not handed out yet.
  private volatile boolean reading;

  private volatile boolean drained;
  private volatile boolean sourceFailed;

  public Ledger(ObjectSource source, Prestager.Listener... listeners) {
    this.source = source;
    this.listeners = List.of(listeners);
  }

  /// The next entry of the source, or null if there is none, or none is handed out any more.
  @Nullable Entry next() throws SourceException, InterruptedException {
    reading = true;
    try {
      return handOut(source.next());
    } catch (SourceException e) {
      sourceFailed = true; // before it is settled that nothing is missing
      throw e;
    } finally {
      stopReading();
    }
  }

  private void stopReading() {
    lock.lock();
    try {
      reading = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Entry handOut(@Nullable Entry entry) {
    lock.lock();
    try {
      if (settled) {
        addLate(entry);
        return null;
      }
      drained = entry == null;
      if (entry != null) {
        add(entry);
      }
      return entry;
    } finally {
      lock.unlock();
    }
  }

  /// A source may still have given it as unread.
  @SuppressWarnings("ReferenceEquality") // an object that is named twice is two entries
  private void addLate(@Nullable Entry entry) {
    if (entry != null && late != null && late.stream().noneMatch(known -> known == entry)) {
      late.add(entry);
    }
  }

  private void add(Entry entry) {
    handedOut++;
    if (entry instanceof ObjectRef object) {
      bytesHandedOut += object.summableSize();
      sizesKnown &= object.size() != null;
    }
    Open before = open.put(name(entry), new Open(entry, 1));
    if (before != null) {
      open.put(name(entry), new Open(entry, before.count() + 1));
    }
  }

  /// Reports an outcome, unless its entry was reported before.
  void finished(Outcome outcome) {
    if (!take(name(outcome.object()))) {
      return;
    }
    try {
      report(withManifest(outcome));
    } finally {
      reported();
    }
  }

  private void report(Outcome outcome) {
    listeners.forEach(listener -> listener.finished(outcome));
  }

  /// A key that does not exist is a mistake in the manifest that names it.
  private static Outcome withManifest(Outcome outcome) {
    return outcome instanceof Outcome.Failed failed
            && failed.object().manifest() != null
            && failed.error().kind() == Failure.Kind.NO_SUCH_KEY
        ? failed.with("; " + failed.object().manifest().name() + " names it")
        : outcome;
  }

  private boolean take(Name name) {
    lock.lock();
    try {
      Open found = open.remove(name);
      if (found == null) {
        return false;
      }
      if (found.count() > 1) {
        open.put(name, new Open(found.entry(), found.count() - 1));
      }
      reporting++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void reported() {
    lock.lock();
    try {
      reporting--;
      if (reporting == 0) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Reports that a part of the source could not be read.
  public void sourceFailed(SourceException problem) {
    sourceFailed = true;
    listeners.forEach(listener -> listener.sourceFailed(problem));
  }

  /// How many entries were selected so far, as far as they are in memory or were there.
  public long selected() {
    lock.lock();
    try {
      return handedOut + source.ready();
    } finally {
      lock.unlock();
    }
  }

  /// Whether [#selected] will not grow any more.
  public boolean allSelected() {
    return drained || source.restIsReady();
  }

  /// The bytes of all selected objects; empty as long as an object or a size is unknown.
  public OptionalLong totalBytes() {
    lock.lock();
    try {
      if (!sizesKnown) {
        return OptionalLong.empty();
      }
      if (drained) {
        return OptionalLong.of(bytesHandedOut);
      }
      OptionalLong left = source.bytesLeft();
      return left.isPresent() ? OptionalLong.of(bytesHandedOut + left.getAsLong()) : left;
    } finally {
      lock.unlock();
    }
  }

  /// Whether the source was read to its end.
  public boolean drained() {
    return drained;
  }

  /// Whether a part of the source could not be read.
  public boolean sourceFailed() {
    return sourceFailed;
  }

  /// Reports every entry that has no outcome, and every entry that the source holds in memory, as
  /// skipped. After that, nothing is returned or reported any more.
  ///
  /// @return whether the source has nothing besides these and what it handed out before
  public boolean settle(Outcome.Reason reason) throws InterruptedException {
    List<Entry> rest = new ArrayList<>();
    boolean all = close(rest);
    for (Entry entry : rest) {
      report(
          switch (entry) {
            case ObjectRef object -> new Outcome.Skipped(object, reason, Outcome.Attempts.NONE);
            case Entry.BadLine line -> invalid(line);
          });
    }
    return all;
  }

  /// The outcome of a line that names no object.
  static Outcome invalid(Entry.BadLine line) {
    return new Outcome.Failed(
        new ObjectRef("", line.text(), null, null, null, null, line.input()),
        Failure.local(Failure.Kind.INVALID, "InvalidTarget", line.problem()),
        Outcome.Attempts.NONE,
        Duration.ZERO);
  }

  private boolean close(List<Entry> rest) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      settled = true;
      for (Open each : open.values()) {
        for (int i = 0; i < each.count(); i++) {
          rest.add(each.entry());
        }
      }
      open.clear();
      ObjectSource.Rest unread = source.unread();
      rest.addAll(unread.entries());
      late = rest;
      long left = UNDER_WAY.toNanos();
      while ((reporting > 0 || (unread.all() && reading)) && left > 0) {
        left = changed.awaitNanos(left);
      }
      return drained || (unread.all() && !reading);
    } finally {
      late = null;
      lock.unlock();
    }
  }

  private static Name name(Entry entry) {
    return entry instanceof Entry.BadLine line
        ? new Name("", line.text())
        : new Name(((ObjectRef) entry).bucket(), ((ObjectRef) entry).key());
  }

  /// How many entries the source has seen.
  public long listed() {
    return source.listed();
  }

  /// See [ObjectSource#bytesLeft].
  OptionalLong bytesLeft() {
    return source.bytesLeft();
  }

  @Override
  public void close() {
    source.close();
  }
}
