package io.github.lotaprestage.report.sink;

import io.github.lotaprestage.engine.Prestager;
import io.github.lotaprestage.engine.Summary;
import io.github.lotaprestage.engine.Tally;
import io.github.lotaprestage.object.HandOver;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.RunEvent;
import io.github.lotaprestage.object.RunEvent.Round;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.Input;
import io.github.lotaprestage.report.RunReport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Adds up what happens in a run, and gives it to the sinks, in their order. Only its thread does
/// so.
///
/// - Workers hand their outcomes over within a bound, and wait if a sink is slow, until [#unbind].
/// - A sink that fails is given nothing more, but its outcomes are still counted.
/// - If a sink has a fault, the run is abandoned. That sink still gets the summary.
public final class Reporter implements Prestager.Listener {

  private static final int HELD = 4096;
  private static final Duration GATHERING = Duration.ofMillis(5);

  /// Takes a snapshot of the run.
  public interface Snapshots {
    Snapshot now(Tally totals, Duration elapsed);
  }

  private final HandOver<RunEvent> events = new HandOver<>(HELD);
  private final Tally totals;
  private final List<Subscription> sinks;
  private final Snapshots snapshots;
  private final Runnable abandon;
  private final long start = System.nanoTime();
  private final Thread thread = Thread.ofPlatform().daemon().name("reporter").unstarted(this::run);
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile @Nullable Throwable broken;

  /// When the last object was staged, by [System#nanoTime]; 0 as long as objects are being staged.
  private volatile long stagedAt;

  /// Read by a thread that cannot wait for this one.
  private volatile long prestaged;

  // Used only by the reporter's thread.
  private boolean ended;
  private long nextProgress;

  /// @param inputs what the objects of the run belong to
  /// @param abandon ends the run, because something here has a fault
  public Reporter(List<Input> inputs, List<Sink> sinks, Snapshots snapshots, Runnable abandon) {
    this.totals = new Tally(inputs);
    this.sinks = sinks.stream().map(Subscription::new).toList();
    this.snapshots = snapshots;
    this.abandon = abandon;
  }

  /// Begins to take outcomes. Until then, they wait.
  public void start() {
    thread.start();
  }

  @Override
  public void finished(Outcome outcome) {
    happened(outcome);
  }

  /// Takes an event, in its order among the others.
  public void happened(RunEvent event) {
    try {
      events.put(event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it is needed elsewhere
    }
  }

  @Override
  public void sourceFailed(SourceException problem) {
    events.problem(problem);
  }

  /// From now on no thread waits for a slow sink. What is still reported is held in memory.
  public void unbind() {
    events.unbind();
  }

  /// Waits until all that happened was given to the sinks.
  ///
  /// @return the totals, as far as they could be added up: see [#fault]
  public Summary finish() throws InterruptedException {
    events.end();
    over.countDown();
    thread.join();
    Snapshot last = snapshot();
    return totals.summary(last.listed(), last.elapsed());
  }

  /// Gives the summary to all sinks; nothing follows it.
  public void summary(RunReport report) {
    sinks.forEach(each -> each.give(sink -> sink.summary(report)));
  }

  /// How many objects are known to be staged, or a little less. It waits for nothing.
  public long prestagedSoFar() {
    return prestaged;
  }

  /// The bug or Java error because of which something could not be reported, or null.
  public Optional<Throwable> fault() {
    return Optional.ofNullable(broken);
  }

  private void run() {
    scheduleProgress();
    while (!ended) {
      try {
        next();
      } catch (InterruptedException e) {
        throw new IllegalStateException("the reporter was interrupted", e);
      } catch (RuntimeException | Error e) { // a fault of ours; workers wait for an empty queue
        broken = broken == null ? e : broken;
        abandon.run();
      }
    }
  }

  private void next() throws InterruptedException {
    try {
      RunEvent event = events.poll();
      if (event != null) {
        take(event);
      } else if (events.isOver()) {
        ended = true;
        toAll(Sink::end);
      } else {
        toAll(Sink::flush);
        awaitEvents();
      }
    } catch (SourceException e) {
      totals.add(e);
      toAll(sink -> sink.problem(e));
    }
    if (!ended && System.nanoTime() - nextProgress >= 0) {
      progress();
    }
  }

  private void take(RunEvent event) {
    switch (event) {
      case Outcome outcome -> {
        totals.add(outcome);
        prestaged = totals.prestaged();
        toAll(sink -> sink.object(outcome));
      }
      case RunEvent.TriedAgain again -> totals.takeBack(again.failure());
      case Round round -> toAll(sink -> sink.round(round));
    }
  }

  /// Outcomes come one by one, thousands a second: to be woken for each would cost more than to
  /// write it. So they gather for a moment first; only a queue that stays empty is waited for.
  private void awaitEvents() throws InterruptedException {
    boolean _ = over.await(GATHERING.toMillis(), TimeUnit.MILLISECONDS);
    events.await(nextProgress - System.nanoTime());
  }

  private void progress() {
    toAll(Sink::flush);
    Snapshot now = snapshot();
    for (Subscription each : sinks) {
      if (each.isDue()) {
        each.postpone();
        each.give(sink -> sink.progress(now));
      }
    }
    scheduleProgress();
  }

  private void scheduleProgress() {
    long now = System.nanoTime();
    nextProgress = now + Duration.ofDays(365).toNanos();
    for (Subscription each : sinks) {
      nextProgress = Math.min(nextProgress - now, each.nextProgress - now) + now;
    }
  }

  /// Stops the clock for rates, because what follows is not staging.
  public void stagingEnded() {
    stagedAt = System.nanoTime();
  }

  private Snapshot snapshot() {
    long end = stagedAt == 0 ? System.nanoTime() : stagedAt;
    return snapshots.now(totals, Duration.ofNanos(end - start));
  }

  private void toAll(Giving what) {
    for (Subscription each : sinks) {
      if (!each.faulty) {
        each.give(what);
      }
    }
  }

  private interface Giving {
    void to(Sink sink) throws IOException;
  }

  private static final class Subscription {
    private final Sink sink;
    private boolean failed;
    private boolean faulty;
    private long nextProgress;

    Subscription(Sink sink) {
      this.sink = sink;
      postpone();
    }

    void give(Giving what) {
      if (failed) {
        return;
      }
      try {
        what.to(sink);
      } catch (IOException e) {
        failed = true;
        sink.failed(e);
      } catch (RuntimeException | Error e) {
        faulty = true;
        throw e;
      }
    }

    boolean isDue() {
      return !faulty && System.nanoTime() - nextProgress >= 0;
    }

    void postpone() {
      nextProgress = System.nanoTime() + sink.interval().toNanos();
    }
  }
}
