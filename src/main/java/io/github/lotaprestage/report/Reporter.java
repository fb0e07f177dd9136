package io.github.lotaprestage.report;

import io.github.lotaprestage.engine.Prestager;
import io.github.lotaprestage.engine.Summary;
import io.github.lotaprestage.engine.Tally;
import io.github.lotaprestage.object.HandOver;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.OutputOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells what happens: the only thread that adds up and that writes results and progress.
///
/// Workers put outcomes into a bounded queue and wait while it is full, because standard output is
/// read slowly. Once the run has to end they no longer wait, see [#hurry]. When standard output is
/// closed the run is told to stop, and what still comes is counted but not written.
public final class Reporter implements Prestager.Listener {

  private static final int QUEUE = 1024;
  private static final Duration GATHERING = Duration.ofMillis(5);
  private static final Duration LIVE_INTERVAL = Duration.ofMillis(200);

  private final HandOver<Outcome> events = new HandOver<>(QUEUE);
  private final Tally tally = new Tally();
  private final OutputStream out;
  private final boolean colour;
  private final Console console;
  private final OutputOptions options;
  private final Gauges gauges;
  private final Consumer<Outcome.Reason> abandon;
  private final long start = System.nanoTime();
  private final Thread thread;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile ResultWriter results;
  private volatile @Nullable IOException outputFailure;
  private volatile @Nullable Throwable broken;

  // Only the reporter's thread knows these.
  private boolean ended;
  private long nextProgress;

  /// Whether the live line was taken away for a line of results.
  private boolean redraw;

  /// @param colour whether text output may be coloured
  /// @param abandon ends the run if there is no use in going on: standard output takes no more, or
  ///   something here has a fault
  public Reporter(
      OutputStream out,
      boolean colour,
      Console console,
      OutputOptions options,
      Gauges gauges,
      Consumer<Outcome.Reason> abandon) {
    this.out = out;
    this.colour = colour;
    this.console = console;
    this.options = options;
    this.results = writer();
    this.gauges = gauges;
    this.abandon = abandon;
    this.thread = Thread.ofPlatform().daemon().name("reporter").start(this::consume);
  }

  private ResultWriter writer() {
    return switch (options.format()) {
      case TEXT -> new TextWriter(out, colour);
      case JSON -> new JsonWriter(out);
    };
  }

  /// Writes the JSON summary of a run that never began.
  public static void writeSummary(OutputStream out, RunReport report) throws IOException {
    JsonWriter json = new JsonWriter(out);
    json.summary(report);
    json.flush();
  }

  @Override
  public void finished(Outcome outcome) {
    try {
      events.put(outcome);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it is needed elsewhere
    }
  }

  @Override
  public void sourceFailed(SourceException problem) {
    events.problem(problem);
  }

  /// From now on no thread waits for a slow reader of standard output. What is still reported is
  /// held in memory until it is written.
  public void hurry() {
    events.unbind();
  }

  /// Waits until all that happened is written.
  ///
  /// @return the totals, as far as they could be added up: see [#fault]
  public Summary finish() throws InterruptedException {
    events.end();
    over.countDown();
    thread.join();
    return tally.summary(gauges.listed(), elapsed());
  }

  /// Writes the summary, if it is wanted; nothing follows it.
  public void summary(RunReport report) {
    if (options.detail() == OutputOptions.Detail.FAILURES) {
      return;
    }
    if (broken != null) { // in the middle of a line, perhaps
      results = writer();
    }
    attempt(() -> {
      results.summary(report);
      results.flush();
    });
  }

  /// Why something could not be reported, for a fault of the program or of Java itself.
  public Optional<Throwable> fault() {
    return Optional.ofNullable(broken);
  }

  /// Why standard output takes no more, or null.
  public @Nullable IOException outputFailure() {
    return outputFailure;
  }

  private void consume() {
    nextProgress = System.nanoTime() + progressInterval().toNanos();
    while (!ended) {
      try {
        tellNext();
      } catch (InterruptedException e) {
        throw new IllegalStateException("nobody interrupts the reporter", e);
      } catch (RuntimeException | Error e) { // a fault of ours; workers wait for an empty queue
        broken = broken == null ? e : broken;
        abandon.accept(Outcome.Reason.GAVE_UP);
      }
    }
  }

  private void tellNext() throws InterruptedException {
    try {
      Outcome outcome = events.poll();
      if (outcome != null) {
        object(outcome);
      } else if (events.isOver()) {
        ended = true;
        console.eraseLive();
        write(results::flush);
      } else {
        flush();
        awaitEvents();
      }
    } catch (SourceException e) {
      sourceProblem(e);
    }
    if (System.nanoTime() - nextProgress >= 0) {
      progress();
      nextProgress = System.nanoTime() + progressInterval().toNanos();
    }
  }

  /// Outcomes come one by one, thousands a second: to be woken for each would cost more than to
  /// write it. So they gather for a moment first; only a queue that stays empty is waited for.
  private void awaitEvents() throws InterruptedException {
    boolean _ = over.await(GATHERING.toMillis(), TimeUnit.MILLISECONDS);
    events.await(nextProgress - System.nanoTime());
  }

  private void object(Outcome outcome) {
    tally.add(outcome);
    if (!options.quiet() || outcome instanceof Outcome.Failed) {
      redraw |= console.makeRoom();
      write(() -> results.object(outcome));
    }
  }

  private void sourceProblem(SourceException problem) {
    tally.add(problem);
    console.message(problem.getMessage() + Advice.suffix(problem.error()));
  }

  private void flush() {
    write(results::flush);
    if (redraw) {
      progress();
    }
  }

  private boolean showsProgress() {
    return switch (options.progress()) {
      case ALWAYS -> true;
      case AUTO -> !options.quiet();
      case NEVER -> false;
    };
  }

  private Duration progressInterval() {
    if (!showsProgress()) {
      return Duration.ofDays(365);
    }
    return console.isTerminal() ? LIVE_INTERVAL : options.progressInterval();
  }

  private void progress() {
    String line = ProgressLine.of(tally, gauges, elapsed());
    if (console.isTerminal()) {
      write(results::flush);
      console.live(line);
      redraw = false;
    } else {
      console.message(line);
    }
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private interface Writing {
    void run() throws IOException;
  }

  private void write(Writing writing) {
    if (broken == null) {
      attempt(writing);
    }
  }

  private void attempt(Writing writing) {
    if (outputFailure != null) {
      return;
    }
    try {
      writing.run();
    } catch (IOException e) {
      outputFailure = e;
      abandon.accept(Outcome.Reason.INTERRUPTED);
    }
  }
}
