package io.github.lotaprestage.engine;

import io.github.lotaprestage.engine.pace.AdmissionControl;
import io.github.lotaprestage.engine.pace.Backoff;
import io.github.lotaprestage.engine.pace.Pacer;
import io.github.lotaprestage.engine.pace.Slot;
import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.Limits;
import io.github.lotaprestage.plan.RetryPolicy;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Stages every object of a source, with a bounded number of requests in flight.
///
/// - [AdmissionControl] decides when a request may be sent; only then is the next object read and
///   its thread started, so neither threads nor objects pile up. Failed requests are sent again as
///   [Backoff] says; an object that waits for that takes no capacity.
/// - An outcome is handed on before its capacity is free again, so a slow reader slows the run down
///   and does not fill the memory.
/// - Every entry that was read from the source gets exactly one outcome, unless the run is
///   abandoned.
public final class Prestager {

  /// Takes what happened, from many threads; may block to slow the run down.
  public interface Listener {
    /// An object is finished.
    void finished(Outcome outcome) throws InterruptedException;

    /// A part of the source could not be read; its remaining objects are unknown.
    void sourceFailed(SourceException problem) throws InterruptedException;
  }

  private final Stopping stopping = new Stopping();
  private final AdmissionControl admission;
  private final Pacer pacer;
  private final Backoff backoff;
  private final GiveUpPolicy policy;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
  private final AtomicReference<@Nullable Failure> gaveUp = new AtomicReference<>();

  /// The reading of the source; it takes no capacity, but is interrupted like a request.
  private final Slot reading = Slot.free();

  private volatile boolean abandoned;
  private volatile boolean drained;

  /// @param limits of which concurrency and rate count here
  public Prestager(Limits limits, RetryPolicy retry) {
    this.admission = new AdmissionControl(limits.concurrency());
    this.pacer = new Pacer(limits.headsPerSecond(), System::nanoTime, stopping::pause);
    this.backoff = new Backoff(retry);
    this.policy = new GiveUpPolicy(admission::pause);
  }

  /// Returns when every entry has its outcome, or when the run was stopped or abandoned.
  ///
  /// @throws IllegalStateException if a stager or listener broke its contract by throwing
  public void run(ObjectSource source, Stager stager, Listener listener)
      throws InterruptedException {
    StagingTask.Shared shared =
        new StagingTask.Shared(
            stager, admission, pacer, backoff, policy, stopping, gaveUp, inFlight);
    try {
      executor.submit(() -> pull(source, shared, listener)).get();
    } catch (RejectedExecutionException e) {
      if (!abandoned) {
        throw e;
      } // else it was abandoned before it began
    } catch (ExecutionException e) {
      fail(e);
    } finally {
      executor.close(); // waits; where it is interrupted it interrupts what still runs
      ended.countDown();
    }
    if (broken.get() != null) {
      throw new IllegalStateException("a source, stager or listener failed", broken.get());
    }
  }

  /// Runs on a virtual thread of its own: it waits for admission before each object, and to wake a
  /// platform thread that often costs as much as the objects do.
  private @Nullable Void pull(ObjectSource source, StagingTask.Shared shared, Listener listener)
      throws InterruptedException {
    try {
      long number = 0;
      Entry entry = next(source, listener);
      while (entry != null) {
        switch (entry) {
          case Entry.BadLine line -> listener.finished(invalid(line));
          case ObjectRef object ->
              start(object, new Slot(object, ++number), source, shared, listener);
        }
        entry = next(source, listener);
      }
    } catch (InterruptedException e) {
      if (!abandoned) {
        throw e;
      }
    }
    return null;
  }

  /// Ends the run in order. Objects that are not in flight are skipped for `reason` at once;
  /// requests in flight have `grace` to finish, and are interrupted then. After a deadline the
  /// source is read on meanwhile, so that the objects left in it are reported; after a signal it is
  /// not. Any thread may call this; only the first call counts.
  public void stop(Outcome.Reason reason, Duration grace) {
    if (stopping.stop(reason)) {
      admission.close();
      if (leavesSource()) {
        reading.cut();
      }
      Thread.ofVirtual().name("grace").start(() -> cutAfter(grace));
    }
  }

  private void cutAfter(Duration grace) {
    try {
      if (!ended.await(TimeUnit.NANOSECONDS.convert(grace), TimeUnit.NANOSECONDS)) {
        cut();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the grace", e);
    }
  }

  private void cut() {
    reading.cut();
    admission.cut();
  }

  /// Ends the run in order, because no request can work any more. Requests in flight are
  /// interrupted and their objects fail with `why`; objects that wait for an attempt are skipped
  /// with [Outcome.Reason#GAVE_UP]; the source is not read to its end. Any thread may call this;
  /// only the first call counts.
  public void giveUp(Failure why) {
    if (gaveUp.compareAndSet(null, why)) {
      boolean _ = stopping.stop(Outcome.Reason.GAVE_UP);
      admission.close();
      cut();
    }
  }

  /// The reason for [#giveUp], or null.
  public @Nullable Failure gaveUp() {
    return gaveUp.get();
  }

  /// Ends the run at once; nobody waits for the outcomes that are missing. Any thread may call it,
  /// more than once.
  public void abandon() {
    abandoned = true;
    executor.shutdownNow();
    admission.close();
  }

  /// Why the run was stopped before its end, or null.
  public Outcome.@Nullable Reason stopped() {
    return stopping.reason();
  }

  /// How many requests are in flight now.
  public int inFlight() {
    return inFlight.get();
  }

  /// Whether the source was read to its end.
  public boolean drained() {
    return drained;
  }

  /// The next entry, or null if there is none or none is wanted.
  private @Nullable Entry next(ObjectSource source, Listener listener) throws InterruptedException {
    while (!abandoned && !leavesSource() && reading.enter()) {
      SourceException problem;
      try {
        Entry entry = source.next();
        drained = entry == null;
        return entry;
      } catch (SourceException e) {
        problem = e;
      } catch (InterruptedException e) {
        if (stopping.reason() == null || abandoned) {
          throw e;
        }
        return null;
      } finally {
        reading.exit();
      }
      listener.sourceFailed(problem);
    }
    return null;
  }

  /// After a signal, or once the run gave up, the source is not read to its end.
  private boolean leavesSource() {
    return stopping.reason() == Outcome.Reason.INTERRUPTED || gaveUp.get() != null;
  }

  private void start(
      ObjectRef object,
      Slot slot,
      ObjectSource source,
      StagingTask.Shared shared,
      Listener listener)
      throws InterruptedException {
    boolean admitted = stopping.reason() == null && admission.admit(slot, source.bytesLeft());
    if (admitted) {
      StagingTask stager = new StagingTask(shared, object, slot);
      if (shared.stager().isInstant()) {
        handle(stager, slot, listener);
        return;
      }
      try {
        executor.execute(() -> handle(stager, slot, listener));
      } catch (RejectedExecutionException e) {
        if (!abandoned) {
          throw e;
        }
      }
    } else if (!abandoned) {
      listener.finished(
          new Outcome.Skipped(
              object,
              Objects.requireNonNull(stopping.reason(), "only a stopped run leaves objects unsent"),
              Outcome.Attempts.NONE));
    }
  }

  private void handle(StagingTask stager, Slot slot, Listener listener) {
    try {
      listener.finished(stager.stage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // abandoned: nobody waits for this outcome
    } catch (RuntimeException | Error e) {
      fail(e);
    } finally {
      boolean idle = admission.finish(slot, stager.answer());
      Failure hopeless = idle ? policy.hopeless() : null;
      if (hopeless != null) {
        giveUp(hopeless);
      }
    }
  }

  private void fail(Throwable fault) {
    broken.compareAndSet(null, fault);
    abandon();
  }

  static Outcome invalid(Entry.BadLine line) {
    return new Outcome.Failed(
        ObjectRef.named("", line.text()),
        Failure.local(Failure.Kind.INVALID, "InvalidTarget", line.problem()),
        Outcome.Attempts.NONE,
        Duration.ZERO);
  }
}
