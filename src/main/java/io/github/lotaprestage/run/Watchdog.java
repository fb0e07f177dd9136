package io.github.lotaprestage.run;

import io.github.lotaprestage.plan.Limits;
import io.github.lotaprestage.report.ExitStatus;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Ends a run at its deadline and at signals, whatever blocks it.
///
/// The run has a thread of its own. The thread that called [#watch] does nothing but wait: for the
/// end of the run, for the deadline, and for signals. So nothing that blocks the run (a reader, a
/// name server, a process that should print credentials) can block its end:
///
/// - At the deadline or the first signal, the run is asked to stop. It says how long it may take:
///   requests in flight have the grace period to finish.
/// - One second after that time a run that has still not ended is ended from outside: its summary
///   is written by another thread.
/// - Less than two seconds after that time [#watch] returns, whatever happens.
/// - It returns at once when a second signal arrives. If the end is being written already, it first
///   waits a moment for that, so that a run has one end. The same signal within 50 ms is not a
///   second one: `timeout` of GNU coreutils sends each signal twice, to the process and to its
///   group.
/// - If memory runs out in any thread, the run is over: threads that others wait for may be gone.
public final class Watchdog {

  private static final int MAX_EVENTS = 64;
  private static final int RESERVED_BYTES = 512 << 10;
  private static final Duration UNTIL_FORCED_END = Duration.ofSeconds(1);
  private static final Duration FOR_FORCED_END = Duration.ofMillis(700);
  private static final Duration SAME_SIGNAL_WITHIN = Duration.ofMillis(50);

  /// A run that can be ended from outside.
  public interface Watched {
    /// Returns when the run is over.
    ///
    /// @return how it ended; null if [#forceEnd] ended it first
    @Nullable ExitStatus run() throws Exception;

    /// Asks the run to end in order. Must not block. The last call counts.
    ///
    /// @param why [ExitStatus#LIMITED], or the status of a signal
    /// @return how long that may take
    Duration stop(ExitStatus why);

    /// Keeps the run from writing its end.
    ///
    /// @return false if it has begun to
    boolean takeEnd();

    /// Ends a run that did not end by itself, as far as possible.
    ///
    /// @return how it ended; null if the run is already ending by itself
    @Nullable ExitStatus forceEnd() throws Exception;

    /// Ends a run that does not end in time, or after a second signal. Takes a fraction of a second
    /// at most.
    ///
    /// @return its exit status
    ExitStatus cutOff(ExitStatus why) throws InterruptedException;
  }

  private interface Work {
    @Nullable ExitStatus get() throws Exception;
  }

  private sealed interface Event {
    /// @param time by [System#nanoTime]
    record Signal(ExitStatus status, long time) implements Event {
      boolean repeats(@Nullable Signal first) {
        return first != null
            && status == first.status
            && time - first.time < SAME_SIGNAL_WITHIN.toNanos();
      }
    }

    record Ended(ExitStatus status) implements Event {}

    record Broken(Throwable fault) implements Event {}
  }

  private final Limits limits;
  private final ProcessContext around;

  /// Memory that is given back once there is no other, for the end of the run.
  @SuppressWarnings("UnusedVariable") // it is only there to be given back
  private volatile byte @Nullable [] reserve = new byte[RESERVED_BYTES];

  /// Does not allocate, so that events arrive if memory has run out.
  private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(MAX_EVENTS);

  public Watchdog(Limits limits, ProcessContext around) {
    this.limits = limits;
    this.around = around;
  }

  /// Runs `run` to its end. An exception of the run is thrown here.
  public ExitStatus watch(Watched run) throws Exception {
    Thread.UncaughtExceptionHandler otherwise = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, fault) -> uncaught(thread, fault, otherwise));
    try {
      return watched(run);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(otherwise);
    }
  }

  private void uncaught(
      Thread thread, Throwable fault, Thread.@Nullable UncaughtExceptionHandler otherwise) {
    if (fault instanceof OutOfMemoryError) {
      broken(fault);
    } else if (otherwise != null) {
      otherwise.uncaughtException(thread, fault);
    } else {
      fault.printStackTrace(around.err());
    }
  }

  private ExitStatus watched(Watched run) throws Exception {
    around
        .signals()
        .listen(number ->
            events.offer(new Event.Signal(ExitStatus.ofSignal(number), System.nanoTime())));
    start("run", run::run);
    ExitStatus why = ExitStatus.LIMITED;
    Event.Signal first = null;
    switch (await(deadline())) {
      case Event.Ended ended -> {
        return ended.status();
      }
      case Event.Broken broken -> throw rethrown(broken.fault());
      case Event.Signal signal -> {
        first = signal;
        why = signal.status();
      }
      case null -> {} // the deadline
    }
    long until = System.nanoTime() + run.stop(why).plus(UNTIL_FORCED_END).toNanos();
    boolean last = false;
    while (true) {
      switch (await(until)) {
        case Event.Ended ended -> {
          return ended.status();
        }
        case Event.Broken broken -> throw rethrown(broken.fault());
        case Event.Signal signal -> {
          if (first == null) {
            first = signal;
            why = signal.status();
            var _ = run.stop(why);
          } else if (signal.repeats(first)) {
            continue;
          } else if (last || run.takeEnd()) {
            return run.cutOff(why);
          } else {
            last = true;
            until = System.nanoTime() + FOR_FORCED_END.toNanos();
          }
        }
        case null -> {
          if (last) {
            return run.cutOff(why);
          }
          last = true;
          until += FOR_FORCED_END.toNanos();
          start("forced-end", run::forceEnd);
        }
      }
    }
  }

  /// The deadline by [System#nanoTime]; if there is none, a time that is never reached.
  private long deadline() {
    long now = System.nanoTime();
    return limits
        .maxDuration()
        .map(limit -> now + limit.minus(around.age().get()).toNanos())
        .orElse(now + Long.MAX_VALUE / 2);
  }

  private @Nullable Event await(long until) throws InterruptedException {
    return events.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private void start(String name, Work work) {
    Thread.ofPlatform()
        .daemon()
        .name(name)
        .start(() -> {
          try {
            ExitStatus status = work.get();
            if (status != null) {
              events.put(new Event.Ended(status));
            }
          } catch (Throwable e) { // thrown again by the thread that watches
            broken(e);
          }
        });
  }

  private void broken(Throwable fault) {
    if (fault instanceof OutOfMemoryError) {
      reserve = null;
    }
    events.offer(new Event.Broken(fault));
  }

  private static Exception rethrown(Throwable fault) {
    return switch (fault) {
      case Error e -> throw e;
      case Exception e -> e;
      default -> new IllegalStateException(fault);
    };
  }
}
