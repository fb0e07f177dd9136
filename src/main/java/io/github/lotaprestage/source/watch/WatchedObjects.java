package io.github.lotaprestage.source.watch;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.RunEvent.Round;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.object.StagedVersions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Yields the objects of a source round after round, each version of an object once. It ends when
/// the run is stopped.
///
/// - A round ends when all its objects have an outcome. The next one begins a fixed time after the
///   beginning of the last one, or at once if that has passed.
/// - An object that failed is yielded again in the next round.
/// - What cannot be listed or read does not end the watch, unless it happens in the first round and
///   will not mend: then it is thrown, and nothing follows. After a problem, the time to the next
///   round doubles, up to ten minutes.
///
/// It remembers a hash of each version that was dealt with, and the objects that failed.
public final class WatchedObjects implements ObjectSource {

  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(10);
  private static final int MAX_DOUBLINGS = 20;

  /// What a watch tells.
  public interface Listener {
    /// An object that failed is yielded again.
    void triedAgain(Outcome.Failed failure);

    /// A round is over.
    void ended(Round round);

    /// Something cannot be listed or read, and could be before.
    void broken(SourceException problem);

    /// Everything can be listed and read again.
    void mended();
  }

  /// Time, as far as a watch needs it.
  public interface Clock {
    /// As [System#nanoTime].
    long now();

    /// Waits on `monitor`, which this thread holds, for a time or until it is notified.
    void await(Object monitor, long nanos) throws InterruptedException;
  }

  private final Supplier<ObjectSource> rounds;
  private final Duration every;
  private final Clock clock;
  private final BooleanSupplier stopped;
  private final Listener listener;

  private final StagedVersions known = new StagedVersions();
  private final Map<String, Outcome.Failed> failed = new HashMap<>();

  /// The objects without an outcome, as they were listed.
  private final Map<String, ObjectRef> underWay = new HashMap<>();

  // The counts of this round.
  private long prestaged;
  private long skipped;
  private long failures;
  private long unchanged;
  private long bytes;

  private volatile @Nullable ObjectSource current;
  private volatile boolean waiting;

  // Of the round before, while there is no current one.
  private volatile long listedBefore;
  private volatile boolean completeBefore;

  private long number;
  private long begunAt;
  private @Nullable SourceException problem;
  private int problems;
  private boolean ended;

  /// @param rounds opens the source of the next round
  /// @param every the time from the beginning of one round to that of the next
  /// @param stopped whether the run is being stopped; see [#stop]
  public WatchedObjects(
      Supplier<ObjectSource> rounds,
      Duration every,
      Clock clock,
      BooleanSupplier stopped,
      Listener listener) {
    this.rounds = rounds;
    this.every = every;
    this.clock = clock;
    this.stopped = stopped;
    this.listener = listener;
  }

  @Override
  public @Nullable Entry next() throws SourceException, InterruptedException {
    while (!ended) {
      ObjectSource round = current;
      if (round == null) {
        round = begin();
      }
      Entry entry;
      try {
        entry = round.next();
      } catch (SourceException e) {
        problem = problem == null ? e : problem;
        if (number == 1 && !e.error().kind().retryable()) {
          ended = true;
          throw e;
        }
        continue;
      }
      if (entry == null) {
        end(round);
      } else if (isNew(entry)) {
        return entry;
      }
    }
    return null;
  }

  private ObjectSource begin() {
    number++;
    begunAt = clock.now();
    ObjectSource round = rounds.get();
    current = round;
    return round;
  }

  private boolean isNew(Entry entry) {
    if (!(entry instanceof ObjectRef object)) {
      return isNew((Entry.BadLine) entry);
    }
    Outcome.Failed again;
    synchronized (this) {
      if (isKnown(object) || underWay.containsKey(object.uri())) {
        unchanged++;
        return false;
      }
      underWay.put(object.uri(), object);
      again = failed.remove(object.uri());
    }
    if (again != null) {
      listener.triedAgain(again);
    }
    return true;
  }

  /// The same line is usually wrong in every round.
  private synchronized boolean isNew(Entry.BadLine line) {
    String both = line.problem() + "\n" + line.text();
    boolean isNew = !known.knows("", both);
    known.put("", both, "");
    return isNew;
  }

  /// Takes the outcome of an object, after it was reported. Any thread may call it.
  public synchronized void finished(Outcome outcome) {
    ObjectRef object = outcome.object();
    ObjectRef listed = underWay.remove(object.uri());
    if (listed == null) {
      return; // a line that names no object
    }
    switch (outcome) {
      case Outcome.Prestaged _ -> {
        prestaged++;
        bytes += object.summableSize();
        remember(listed.etag() == null ? object : listed);
      }
      case Outcome.Skipped _, Outcome.Planned _ -> {
        skipped++;
        remember(listed);
      }
      case Outcome.Failed failure -> {
        failures++;
        failed.put(object.uri(), failure);
      }
    }
    notifyAll();
  }

  /// The version that was listed, so that the next listing is compared with its like: the answer
  /// may be about a newer version, or some stores use other ETags in listings.
  private void remember(ObjectRef object) {
    if (object.etag() != null) {
      known.put(object.bucket(), object.key(), object.etag());
    }
  }

  /// Ends a round, and waits for the next one.
  private void end(ObjectSource round) throws SourceException, InterruptedException {
    round.close();
    awaitOutcomes();
    listener.ended(count());
    SourceException unsolved = problem;
    tell(unsolved);
    problem = null;
    listedBefore = round.listed();
    completeBefore = unsolved == null;
    current = null;
    awaitNextRound();
    if (stopped.getAsBoolean()) {
      ended = true;
      if (unsolved != null) {
        throw unsolved;
      }
    }
  }

  private synchronized void awaitOutcomes() throws InterruptedException {
    while (!underWay.isEmpty() && !stopped.getAsBoolean()) {
      wait();
    }
  }

  private synchronized Round count() {
    Round round =
        new Round(
            number,
            prestaged,
            skipped,
            failures,
            unchanged,
            bytes,
            Duration.ofNanos(clock.now() - begunAt),
            problem == null ? null : problem.error());
    prestaged = 0;
    skipped = 0;
    failures = 0;
    unchanged = 0;
    bytes = 0;
    return round;
  }

  private void tell(@Nullable SourceException unsolved) {
    if (unsolved == null) {
      if (problems > 0) {
        listener.mended();
      }
      problems = 0;
      return;
    }
    if (problems == 0) {
      listener.broken(unsolved);
    }
    problems++;
  }

  private synchronized void awaitNextRound() throws InterruptedException {
    waiting = true;
    try {
      long due = begunAt + delay();
      for (long left = due - clock.now();
          left > 0 && !stopped.getAsBoolean();
          left = due - clock.now()) {
        clock.await(this, left);
      }
    } finally {
      waiting = false;
    }
  }

  private long delay() {
    long normal = every.toNanos();
    long longest = Math.max(normal, LONGEST_BACKOFF.toNanos());
    int doublings = Math.min(problems, MAX_DOUBLINGS);
    return normal > longest >> doublings ? longest : normal << doublings;
  }

  /// Whether it waits for the next round.
  public boolean isWaiting() {
    return waiting;
  }

  /// The run is being stopped: ends a wait. Any thread may call it.
  public synchronized void stop() {
    notifyAll();
  }

  @Override
  public OptionalLong bytesLeft() {
    ObjectSource round = current;
    return round == null ? OptionalLong.empty() : round.bytesLeft();
  }

  @Override
  public int ready() {
    ObjectSource round = current;
    return round == null ? 0 : round.ready();
  }

  /// In this round, or between two rounds in the last one.
  @Override
  public long listed() {
    ObjectSource round = current;
    return round == null ? listedBefore : round.listed();
  }

  /// Without what an earlier round dealt with, or tried.
  @Override
  public Rest unread() {
    ObjectSource round = current;
    if (round == null) {
      return new Rest(List.of(), completeBefore);
    }
    Rest rest = round.unread();
    return new Rest(
        rest.entries().stream()
            .filter(entry -> entry instanceof ObjectRef object && !hasOutcome(object))
            .toList(),
        rest.all());
  }

  private synchronized boolean hasOutcome(ObjectRef object) {
    return isKnown(object) || failed.containsKey(object.uri());
  }

  private boolean isKnown(ObjectRef object) {
    return object.etag() != null && known.holds(object.bucket(), object.key(), object.etag());
  }

  @Override
  public void close() {
    ObjectSource round = current;
    if (round != null) {
      round.close();
    }
  }
}
