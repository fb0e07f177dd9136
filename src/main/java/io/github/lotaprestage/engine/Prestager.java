package io.github.lotaprestage.engine;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Runs a probe for every object of a source, a bounded number at a time.
///
/// - At most `concurrency` probes run; the permit is taken before the task is started, so neither
///   threads nor objects pile up.
/// - An outcome is handed on before its permit comes back: a slow reader slows the run down instead
///   of filling the memory.
/// - Every entry of the source gets exactly one outcome, unless the run is stopped.
public final class Prestager {

  /// Takes what happened, from many threads; may block to slow the run down.
  public interface Listener {
    /// An object is finished.
    void finished(Outcome outcome) throws InterruptedException;

    /// A part of the source could not be read; its remaining objects are unknown.
    void sourceFailed(SourceException problem) throws InterruptedException;
  }

  private final int concurrency;
  private final Semaphore permits;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
  private volatile boolean stopped;
  private volatile boolean drained;

  public Prestager(int concurrency) {
    this.concurrency = concurrency;
    this.permits = new Semaphore(concurrency);
  }

  /// Returns when every entry has its outcome, or soon after [#stop()].
  ///
  /// @throws IllegalStateException if a probe or listener broke its contract by throwing
  public void run(ObjectSource source, Probe probe, Listener listener) throws InterruptedException {
    try (executor) {
      for (Entry entry = next(source, listener);
          entry != null && !stopped;
          entry = next(source, listener)) {
        Entry current = entry;
        permits.acquire();
        start(() -> handle(current, probe, listener));
      }
      drained = !stopped;
    }
    if (broken.get() != null) {
      throw new IllegalStateException("a probe or listener failed", broken.get());
    }
  }

  /// No new probes; those that run are interrupted. Any thread may call it, more than once.
  public void stop() {
    stopped = true;
    executor.shutdownNow();
    permits.release(); // wakes the thread in run(), which then sees the flag
  }

  /// How many probes run now.
  public int inFlight() {
    return Math.clamp(concurrency - permits.availablePermits(), 0, concurrency);
  }

  /// Whether the source was read to its end.
  public boolean drained() {
    return drained;
  }

  private void start(Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      if (!stopped) {
        throw e;
      }
    }
  }

  private @Nullable Entry next(ObjectSource source, Listener listener) throws InterruptedException {
    while (!stopped) {
      try {
        return source.next();
      } catch (SourceException e) {
        listener.sourceFailed(e);
      }
    }
    return null;
  }

  private void handle(Entry entry, Probe probe, Listener listener) {
    try {
      listener.finished(
          switch (entry) {
            case ObjectRef object -> probe.probe(object);
            case Entry.BadLine line -> invalid(line);
          });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // only stop() interrupts: nobody waits for this outcome
    } catch (RuntimeException | Error e) {
      broken.compareAndSet(null, e);
      stop();
    } finally {
      permits.release();
    }
  }

  private static Outcome invalid(Entry.BadLine line) {
    return new Outcome.Failed(
        ObjectRef.named("", line.text()),
        RequestError.local(RequestError.Kind.INVALID, "InvalidTarget", line.problem()),
        Outcome.Attempts.NONE,
        Duration.ZERO);
  }
}
