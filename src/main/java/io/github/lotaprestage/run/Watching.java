package io.github.lotaprestage.run;

import io.github.lotaprestage.engine.Prestager;
import io.github.lotaprestage.engine.capacity.CapacityLimit;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.RunEvent;
import io.github.lotaprestage.object.RunEvent.Round;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.report.Advice;
import io.github.lotaprestage.report.Console;
import io.github.lotaprestage.report.sink.Reporter;
import io.github.lotaprestage.source.watch.WatchedObjects;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `--watch` in one run: tells the report and the console what the watched source finds.
final class Watching implements Prestager.Listener, WatchedObjects.Listener {

  private final Newest newest;
  private final CapacityLimit capacity;
  private final Reporter reporter;
  private final Console console;
  private final WatchedObjects objects;

  Watching(
      Supplier<ObjectSource> rounds,
      Duration every,
      BooleanSupplier stopped,
      Newest newest,
      CapacityLimit capacity,
      Reporter reporter,
      Console console) {
    this.newest = newest;
    this.capacity = capacity;
    this.reporter = reporter;
    this.console = console;
    this.objects = new WatchedObjects(rounds, every, new SystemClock(), stopped, this);
  }

  private static final class SystemClock implements WatchedObjects.Clock {
    @Override
    public long now() {
      return System.nanoTime();
    }

    @Override
    public void await(Object monitor, long nanos) throws InterruptedException {
      TimeUnit.NANOSECONDS.timedWait(monitor, nanos);
    }
  }

  ObjectSource source() {
    return objects;
  }

  /// Must come after the report among the listeners, so that a round ends after its outcomes.
  @Override
  public void finished(Outcome outcome) {
    objects.finished(outcome);
  }

  boolean isWaiting() {
    return objects.isWaiting();
  }

  /// The run is being stopped.
  void stop() {
    objects.stop();
  }

  @Override
  public void triedAgain(Outcome.Failed failure) {
    capacity.giveBack(failure.object());
    reporter.happened(new RunEvent.TriedAgain(failure));
  }

  @Override
  public void ended(Round round) {
    newest.ended(round);
    reporter.happened(round);
  }

  @Override
  public void broken(SourceException problem) {
    console.message(
        Console.Level.WARN,
        problem.getMessage()
            + Advice.suffix(problem.error())
            + "; this run goes on, and lists again later");
  }

  @Override
  public void mended() {
    console.message(Console.Level.INFO, "listing works again");
  }
}
