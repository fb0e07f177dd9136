package io.github.lotaprestage.engine;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Runs a probe for every object of a source, a bounded number at a time.
///
/// - At most `concurrency` probes run, see [Places]; a place is taken before the task is started,
///   so neither threads nor objects pile up.
/// - An outcome is handed on before its place is free again: a slow reader slows the run down
///   instead of filling the memory.
/// - Every entry that was taken from the source gets exactly one outcome, unless the run is
///   abandoned.
public final class Prestager {

  /// Takes what happened, from many threads; may block to slow the run down.
  public interface Listener {
    /// An object is finished.
    void finished(Outcome outcome) throws InterruptedException;

    /// A part of the source could not be read; its remaining objects are unknown.
    void sourceFailed(SourceException problem) throws InterruptedException;
  }

  private final Places places;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
  private final AtomicReference<Outcome.@Nullable Reason> stopped = new AtomicReference<>();
  private final AtomicReference<@Nullable RequestError> gaveUp = new AtomicReference<>();
  private volatile boolean abandoned;
  private volatile boolean drained;

  public Prestager(int concurrency) {
    this.places = new Places(concurrency);
  }

  /// Returns when every entry has its outcome, or when the run was stopped or abandoned.
  ///
  /// @throws IllegalStateException if a probe or listener broke its contract by throwing
  public void run(ObjectSource source, Probe probe, Listener listener) throws InterruptedException {
    try {
      executor.submit(() -> pull(source, probe, listener)).get();
    } catch (RejectedExecutionException e) {
      if (stopped.get() == null && !abandoned) {
        throw e;
      } // else it was stopped before it began
    } catch (ExecutionException e) {
      fail(e);
    } finally {
      executor.close(); // waits; where it is interrupted it interrupts what still runs
      ended.countDown();
    }
    if (broken.get() != null) {
      throw new IllegalStateException("a source, probe or listener failed", broken.get());
    }
  }

  /// Runs on a virtual thread of its own: it waits for a place before each object, and to wake a
  /// platform thread that often costs as much as the objects do.
  private @Nullable Void pull(ObjectSource source, Probe probe, Listener listener)
      throws InterruptedException {
    try {
      Entry entry = next(source, listener);
      while (entry != null) {
        if (mayStart(entry, source)) {
          start(entry, probe, listener);
        } else if (!abandoned) {
          listener.finished(unsent(entry));
        }
        entry = next(source, listener);
      }
      drained = !abandoned && !leavesSource();
    } catch (InterruptedException e) {
      if (stopped.get() == null && !abandoned) {
        throw e;
      } // else the grace is over, and what is left in the source stays unknown
    }
    return null;
  }

  /// No new probes; those that run have `grace` to finish and are interrupted then. What is not
  /// finished is skipped for `reason`. After a deadline the source is read on meanwhile, to tell
  /// what it still holds; after a signal it is not. Only the first call counts.
  public void stop(Outcome.Reason reason, Duration grace) {
    if (stopped.compareAndSet(null, reason)) {
      places.open(); // the thread that pulls sees the reason then
      Thread.ofVirtual().name("grace").start(() -> cutAfter(grace));
    }
  }

  private void cutAfter(Duration grace) {
    try {
      if (!ended.await(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the grace", e);
    }
  }

  /// Ends the run in order, because no request can work any more. Requests in flight are
  /// interrupted and their objects fail with `why`; objects that wait for an attempt are skipped
  /// with [Outcome.Reason#GAVE_UP]; the source is not read to its end. Any thread may call this;
  /// only the first call counts.
  public void giveUp(RequestError why) {
    if (gaveUp.compareAndSet(null, why)) {
      stopped.compareAndSet(null, Outcome.Reason.GAVE_UP);
      places.open(); // the thread that pulls sees the reason then
      executor.shutdownNow();
    }
  }

  /// The reason for [#giveUp], or null.
  public @Nullable RequestError gaveUp() {
    return gaveUp.get();
  }

  /// Ends the run at once; nobody waits for the outcomes that are missing. Any thread may call it,
  /// more than once.
  public void abandon() {
    abandoned = true;
    executor.shutdownNow();
    places.open(); // the thread that pulls sees the flag then
  }

  /// Why the run was stopped before its end, or null.
  public Outcome.@Nullable Reason stopped() {
    return stopped.get();
  }

  /// How many probes run now.
  public int inFlight() {
    return places.taken();
  }

  /// Whether the source was read to its end.
  public boolean drained() {
    return drained;
  }

  private boolean mayStart(Entry entry, ObjectSource source) throws InterruptedException {
    if (stopped.get() == null && !abandoned) {
      places.take(size(entry), source.bytesLeft());
    }
    return stopped.get() == null && !abandoned;
  }

  private static long size(Entry entry) {
    Long size = entry instanceof ObjectRef object ? object.size() : null;
    return size == null ? 0 : size;
  }

  private @Nullable Entry next(ObjectSource source, Listener listener) throws InterruptedException {
    while (!abandoned && !leavesSource()) {
      try {
        return source.next();
      } catch (SourceException e) {
        listener.sourceFailed(e);
      }
    }
    return null;
  }

  /// After a signal, or once the run gave up, the source is not read to its end.
  private boolean leavesSource() {
    return stopped.get() == Outcome.Reason.INTERRUPTED || gaveUp.get() != null;
  }

  private void start(Entry entry, Probe probe, Listener listener) throws InterruptedException {
    try {
      executor.execute(() -> handle(entry, probe, listener));
    } catch (RejectedExecutionException e) {
      if (stopped.get() != null) {
        listener.finished(unsent(entry));
      } else if (!abandoned) {
        throw e;
      }
    }
  }

  private void handle(Entry entry, Probe probe, Listener listener) {
    try {
      tell(outcome(entry, probe), listener);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // abandoned: nobody waits for this outcome
    } catch (RuntimeException | Error e) {
      fail(e);
    } finally {
      places.giveBack(size(entry));
    }
  }

  /// The end of the grace interrupts who waits for a slow reader, too; the outcome is told all the
  /// same.
  private void tell(Outcome outcome, Listener listener) throws InterruptedException {
    boolean told = false;
    while (!told) {
      try {
        listener.finished(outcome);
        told = true;
      } catch (InterruptedException e) {
        if (stopped.get() == null || abandoned) {
          throw e;
        }
      }
    }
  }

  private void fail(Throwable fault) {
    broken.compareAndSet(null, fault);
    abandon();
  }

  private Outcome outcome(Entry entry, Probe probe) throws InterruptedException {
    return switch (entry) {
      case Entry.BadLine line -> invalid(line);
      case ObjectRef object -> {
        long start = System.nanoTime();
        try {
          yield probe.probe(object);
        } catch (InterruptedException e) {
          if (stopped.get() == null) {
            throw e;
          }
          RequestError why = gaveUp.get();
          yield why == null
              ? unsent(object)
              : new Outcome.Failed(
                  object,
                  why,
                  new Outcome.Attempts(1, 0),
                  Duration.ofNanos(System.nanoTime() - start));
        }
      }
    };
  }

  private Outcome unsent(Entry entry) {
    return switch (entry) {
      case Entry.BadLine line -> invalid(line);
      case ObjectRef object ->
          new Outcome.Skipped(
              object,
              Objects.requireNonNull(stopped.get(), "only a stopped run leaves objects unsent"),
              Outcome.Attempts.NONE);
    };
  }

  static Outcome invalid(Entry.BadLine line) {
    return new Outcome.Failed(
        ObjectRef.named("", line.text()),
        RequestError.local(RequestError.Kind.INVALID, "InvalidTarget", line.problem()),
        Outcome.Attempts.NONE,
        Duration.ZERO);
  }
}
