package io.github.lotaprestage.engine;

import io.github.lotaprestage.object.Entry;
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

/// Keeps account of the entries that a source handed out and that have no outcome yet.
///
/// - Each entry is reported to the listener exactly once: by the thread that stages it or, once the
///   run has to end without that thread, by [#settle].
/// - An outcome that arrives after that is dropped, because its entry was already reported.
///
/// It stands between the source and the run, and between the run and its listener.
public final class Ledger implements ObjectSource, Prestager.Listener {

  /// Threads that are about to report an outcome get this long before the rest is settled.
  private static final Duration REPORTING = Duration.ofMillis(300);

  /// Not a record: their `equals` and `hashCode` are made at run time, which delays every start.
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

  /// @param count how often the source named the object
  private record Open(Entry entry, int count) {}

  private final ObjectSource source;
  private final Prestager.Listener listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Name, Open> open = new LinkedHashMap<>();
  private int reporting;
  private boolean settled;
  private volatile boolean sourceFailed;

  public Ledger(ObjectSource source, Prestager.Listener listener) {
    this.source = source;
    this.listener = listener;
  }

  @Override
  public @Nullable Entry next() throws SourceException, InterruptedException {
    Entry entry = source.next();
    if (entry == null) {
      return null;
    }
    lock.lock();
    try {
      if (settled) {
        return null;
      }
      add(entry);
      return entry;
    } finally {
      lock.unlock();
    }
  }

  private void add(Entry entry) {
    Open before = open.put(name(entry), new Open(entry, 1));
    if (before != null) {
      open.put(name(entry), new Open(entry, before.count() + 1));
    }
  }

  @Override
  public void finished(Outcome outcome) throws InterruptedException {
    if (!take(new Name(outcome.object().bucket(), outcome.object().key()))) {
      return;
    }
    try {
      listener.finished(outcome);
    } finally {
      reported();
    }
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

  @Override
  public void sourceFailed(SourceException problem) throws InterruptedException {
    sourceFailed = true;
    listener.sourceFailed(problem);
  }

  /// Whether a part of the source could not be read.
  public boolean sourceFailed() {
    return sourceFailed;
  }

  /// Reports every entry that has no outcome, and every entry that the source holds in memory, as
  /// skipped. Nothing is handed out or reported after that.
  ///
  /// @return whether the source had nothing besides these
  public boolean settle(Outcome.Reason reason) throws InterruptedException {
    List<Entry> rest = new ArrayList<>();
    boolean all = close(rest);
    for (Entry entry : rest) {
      listener.finished(
          switch (entry) {
            case ObjectRef object -> new Outcome.Skipped(object, reason, Outcome.Attempts.NONE);
            case Entry.BadLine line -> Prestager.invalid(line);
          });
    }
    return all;
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
      Rest unread = source.unread();
      rest.addAll(unread.entries());
      long left = REPORTING.toNanos();
      while (reporting > 0 && left > 0) {
        left = changed.awaitNanos(left);
      }
      return unread.all();
    } finally {
      lock.unlock();
    }
  }

  private static Name name(Entry entry) {
    return entry instanceof Entry.BadLine line
        ? new Name("", line.text())
        : new Name(((ObjectRef) entry).bucket(), ((ObjectRef) entry).key());
  }

  @Override
  public long listed() {
    return source.listed();
  }

  @Override
  public OptionalLong bytesLeft() {
    return source.bytesLeft();
  }

  @Override
  public void close() {
    source.close();
  }
}
