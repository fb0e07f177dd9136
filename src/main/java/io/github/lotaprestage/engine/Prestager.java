package io.github.lotaprestage.engine;

import io.github.lotaprestage.engine.pace.AdmissionControl;
import io.github.lotaprestage.engine.pace.Backoff;
import io.github.lotaprestage.engine.pace.InFlight;
import io.github.lotaprestage.engine.pace.Pending;
import io.github.lotaprestage.engine.pace.Slot;
import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.Limits;
import io.github.lotaprestage.plan.RetryPolicy;
import io.github.lotaprestage.threads.RequestThreads;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Stages every object of a source, with a bounded number of requests in flight.
///
/// - [AdmissionControl] decides when a request may be sent. Only then is the next object read and
///   its thread started, so neither threads nor objects accumulate. [Backoff] decides when a failed
///   request is retried; an object that waits for its retry takes no capacity.
/// - An outcome is reported before its capacity is free again, so a slow reader slows the run down
///   and does not fill the memory.
/// - Every entry that was read from the source gets exactly one outcome, unless the run is
///   abandoned.
public final class Prestager {

  /// How long a source may yield nothing after the deadline if no request is in flight.
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(1);

  /// Takes what happens, from many threads. It may block to slow the run down; a thread that is
  /// interrupted meanwhile still hands over what it has.
  public interface Listener {
    /// An object is finished.
    void finished(Outcome outcome);

    /// A part of the source could not be read; its remaining objects are unknown.
    default void sourceFailed(SourceException problem) {}
  }

  private final RunState state = new RunState();
  private final AdmissionControl admission;
  private final Backoff backoff;
  private final GiveUpPolicy policy;
  private final ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor();
  private final ExecutorService requests =
      Executors.newThreadPerTaskExecutor(new RequestThreads("object"));
  private final CountDownLatch ended = new CountDownLatch(1);
  private final InFlight inFlight = new InFlight();
  private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();

  /// The slot of the reading thread. It takes no capacity, but can be interrupted like a request.
  private final Slot reading = Slot.free();

  private final AtomicLong entriesRead = new AtomicLong();

  /// The slot of the thread that reads the source before the first request.
  private final Slot preparing = Slot.free();

  /// @param limits the concurrency and the rates of which are used here
  public Prestager(Limits limits, RetryPolicy retry) {
    this.admission = new AdmissionControl(limits);
    this.backoff = new Backoff(retry);
    this.policy = new GiveUpPolicy(admission::pause);
  }

  /// What a run has to know before its first request.
  public interface Preparation {
    void run() throws InterruptedException;
  }

  /// Prepares a run, before [#run]. Whatever stops the run interrupts the preparation.
  ///
  /// @throws IllegalStateException if it threw something else
  public void prepare(Preparation preparation) throws InterruptedException {
    try {
      requests
          .submit(() -> {
            prepared(preparation);
            return null;
          })
          .get();
    } catch (RejectedExecutionException e) {
      requireAbandoned(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the preparation of a run failed", e.getCause());
    }
  }

  private void prepared(Preparation preparation) throws InterruptedException {
    if (!state.isRunning() || !preparing.enter()) {
      return;
    }
    try {
      preparation.run();
    } catch (InterruptedException e) {
      if (state.isRunning()) {
        throw e;
      }
    } finally {
      preparing.exit();
    }
  }

  /// Runs until every entry has an outcome, or until the run is stopped or abandoned.
  ///
  /// @param ledger yields the objects and takes their outcomes
  /// @throws IllegalStateException if a source, stager or listener broke its contract by throwing
  public void run(Ledger ledger, Stager stager) throws InterruptedException {
    StagingTask.Shared shared =
        new StagingTask.Shared(stager, admission, backoff, policy, state, inFlight);
    try {
      reader.submit(() -> pull(ledger, shared)).get();
    } catch (RejectedExecutionException e) {
      requireAbandoned(e); // before it began
    } catch (ExecutionException e) {
      fail(e);
    } finally {
      reader.close(); // waits; if it is interrupted, it interrupts the tasks
      requests.close();
      ended.countDown();
    }
    if (broken.get() != null) {
      throw new IllegalStateException("a source, stager or listener failed", broken.get());
    }
  }

  /// Runs on a virtual thread of its own, because it waits for admission before each object, and
  /// waking a platform thread that often is expensive.
  private @Nullable Void pull(Ledger ledger, StagingTask.Shared shared)
      throws InterruptedException {
    try {
      long number = 0;
      for (Entry entry = next(ledger); entry != null; entry = next(ledger)) {
        switch (entry) {
          case Entry.BadLine line -> ledger.finished(Ledger.invalid(line));
          case ObjectRef object -> start(object, new Slot(object, ++number), ledger, shared);
        }
      }
    } catch (InterruptedException e) {
      requireAbandoned(e);
    }
    return null;
  }

  private <E extends Exception> void requireAbandoned(E interruption) throws E {
    if (state.phase() != RunState.Phase.ABANDONED) {
      throw interruption;
    }
  }

  /// Ends the run in order. Objects that are not in flight are skipped for `reason` at once;
  /// requests in flight have `grace` to finish, and are interrupted then. After a deadline the
  /// source is read on meanwhile, so that the objects left in it are reported, but not waited for
  /// if nothing is in flight; after a signal it is not read. Any thread may call this; only the
  /// first call counts.
  public void stop(Outcome.Reason reason, Duration grace) {
    if (state.stop(reason)) {
      admission.close();
      preparing.cut();
      if (!state.readsSource()) {
        reading.cut();
      }
      Thread.ofVirtual().name("grace").start(() -> cutAfter(grace));
    }
  }

  private void cutAfter(Duration grace) {
    long left = TimeUnit.NANOSECONDS.convert(grace);
    long turn = LONGEST_SILENCE.toNanos();
    try {
      for (long read = -1;
          !ended.await(Math.min(left, turn), TimeUnit.NANOSECONDS);
          left -= turn, read = entriesRead.get()) {
        if (left <= turn || (inFlight() == 0 && reading.isEntered() && read == entriesRead.get())) {
          cut();
          return;
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("the grace thread was interrupted", e);
    }
  }

  private void cut() {
    preparing.cut();
    reading.cut();
    admission.cut();
  }

  /// Ends the run in order, because no request can succeed any more. Requests in flight are
  /// interrupted and their objects fail with `why`; objects that wait for an attempt are skipped
  /// with [Outcome.Reason#GAVE_UP]; the source is not read to its end. Any thread may call this;
  /// only the first call counts.
  public void giveUp(Failure why) {
    if (state.giveUp(why)) {
      admission.close();
      cut();
    }
  }

  /// The reason for [#giveUp], or null.
  public @Nullable Failure gaveUp() {
    return state.gaveUp();
  }

  /// Ends the run at once, without waiting for missing outcomes. Any thread may call this, more
  /// than once.
  ///
  /// @param reason why objects are skipped, unless the run was stopped before
  public void abandon(Outcome.Reason reason) {
    state.abandon(reason);
    reader.shutdownNow();
    requests.shutdownNow();
    admission.close();
  }

  /// Why the run was stopped before its end, or null.
  public Outcome.@Nullable Reason stopped() {
    return state.reason();
  }

  /// Makes [#slowest] possible. Called before the run.
  public void trackRequests() {
    inFlight.track();
  }

  /// The object whose request has been in flight longest, if requests are tracked.
  public Optional<Pending> slowest() {
    return inFlight.slowest();
  }

  /// How many requests are in flight now.
  public int inFlight() {
    return inFlight.count();
  }

  /// The next entry; null if there is none or the run needs no more.
  private @Nullable Entry next(Ledger ledger) throws InterruptedException {
    while (state.readsSource() && reading.enter()) {
      try {
        Entry entry = ledger.next();
        entriesRead.incrementAndGet();
        return entry;
      } catch (SourceException e) {
        ledger.sourceFailed(e);
      } catch (InterruptedException e) {
        if (state.isRunning() || state.phase() == RunState.Phase.ABANDONED) {
          throw e;
        }
        return null;
      } finally {
        reading.exit();
      }
    }
    return null;
  }

  private void start(ObjectRef object, Slot slot, Ledger ledger, StagingTask.Shared shared)
      throws InterruptedException {
    StagingTask task = new StagingTask(shared, object, slot);
    if (!state.isRunning()) {
      ledger.finished(task.unsent());
    } else if (shared.stager().isInstant()) {
      handle(task, ledger);
    } else if (!admission.admit(slot, ledger.bytesLeft())) {
      ledger.finished(task.unsent());
    } else {
      try {
        requests.execute(() -> handleAdmitted(task, slot, ledger));
      } catch (RejectedExecutionException e) {
        requireAbandoned(e);
      }
    }
  }

  private void handleAdmitted(StagingTask task, Slot slot, Ledger ledger) {
    try {
      handle(task, ledger);
    } finally {
      boolean idle = admission.finish(slot, task.answer());
      Failure hopeless = idle ? policy.hopeless() : null;
      if (hopeless != null) {
        giveUp(hopeless);
      }
    }
  }

  private void handle(StagingTask task, Ledger ledger) {
    try {
      ledger.finished(task.stage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // abandoned: this outcome is not needed any more
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private void fail(Throwable fault) {
    broken.compareAndSet(null, fault);
    abandon(Outcome.Reason.GAVE_UP);
  }
}
