package io.github.lotaprestage.run;

import io.github.lotaprestage.engine.Prestager;
import io.github.lotaprestage.files.Destination;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.UnusableException;
import io.github.lotaprestage.plan.InputFile;
import io.github.lotaprestage.plan.Plan;
import io.github.lotaprestage.plan.target.Input;
import io.github.lotaprestage.records.RunRecords;
import io.github.lotaprestage.report.Console;
import io.github.lotaprestage.report.ExitStatus;
import io.github.lotaprestage.report.file.ResultFiles;
import io.github.lotaprestage.report.stop.StopTexts;
import io.github.lotaprestage.run.end.EarlyEnd;
import io.github.lotaprestage.run.end.RunFault;
import io.github.lotaprestage.s3.S3Store;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One run of a plan: opens the store and the files, stages, and writes a summary, whatever
/// happens.
///
/// The summary is written once, by the first thread that ends the run.
public final class Run implements Watchdog.Watched {

  private final Plan plan;
  private final ProcessContext around;
  private final Console console;
  private final ResultFiles results;
  private final Consumer<Throwable> trace;
  private final Prestager prestager;
  private final AtomicBoolean ending = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Staging staging;
  private volatile @Nullable ExitStatus stopped;
  private volatile @Nullable ExitStatus reported;
  private volatile String opening = "the credentials";
  private volatile boolean records;

  /// @param results the files that get the end of the run
  /// @param trace receives errors that are printed only with `--stacktrace`
  public Run(
      Plan plan,
      ProcessContext around,
      Console console,
      ResultFiles results,
      Consumer<Throwable> trace) {
    this.plan = plan;
    this.around = around;
    this.console = console;
    this.results = results;
    this.trace = trace;
    this.prestager = new Prestager(plan.limits(), plan.retry());
  }

  @Override
  public @Nullable ExitStatus run() throws Exception {
    try (S3Store store = S3Store.open(plan, around.env());
        RunRecords records = openRecords(store);
        Staging opened =
            new Staging(
                new StagingParts(plan, store, records, prestager, around, console, results),
                this::report)) {
      staging = opened;
      return end(faultOf(opened));
    } catch (UnusableException e) {
      return end(RunFault.unusable(e));
    } catch (RuntimeException | Error e) {
      return end(RunFault.of(e));
    }
  }

  /// Faults are caught before the files are closed.
  private static @Nullable RunFault faultOf(Staging opened) throws InterruptedException {
    try {
      opened.run();
      return null;
    } catch (RuntimeException | Error e) {
      return RunFault.of(e);
    }
  }

  private RunRecords openRecords(S3Store store) throws Exception {
    opening =
        Stream.of(
                plan.files().journal().map(file -> "--journal " + file),
                plan.files().failedTo().map(file -> "--failed-to " + file))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" and "));
    records = true;
    return RunRecords.open(
        plan.files(),
        plan.dryRun(),
        store.url(),
        plan.inputs().all().stream().map(Input::name).toList());
  }

  @Override
  public Duration stop(ExitStatus why) {
    stopped = why;
    int inFlight = prestager.inFlight();
    prestager.stop(
        why == ExitStatus.LIMITED ? Outcome.Reason.DEADLINE : Outcome.Reason.INTERRUPTED,
        plan.limits().grace());
    Staging begun = staging;
    if (begun != null) {
      begun.stopping();
    }
    if (why.isSignal() && !ending.get()) {
      console.tryMessage(
          Console.Level.WARN,
          StopTexts.begins(
              inFlight, plan.limits().grace(), why == ExitStatus.SIGINT && console.isTerminal()));
    }
    return begun == null ? Duration.ZERO : plan.limits().grace();
  }

  @Override
  public boolean takeEnd() {
    return ending.compareAndSet(false, true);
  }

  @Override
  public @Nullable ExitStatus forceEnd() throws Exception {
    if (ending.get()) {
      return null;
    }
    prestager.abandon(Outcome.Reason.INTERRUPTED);
    return end(null);
  }

  @Override
  public ExitStatus cutOff(ExitStatus why) throws InterruptedException {
    Staging begun = staging;
    if (begun != null) {
      begun.abandonFiles();
    }
    ExitStatus inSummary = reported;
    if (inSummary != null) {
      return inSummary;
    }
    if (begun != null) {
      console.tryEndLive();
      console.tryMessage(Console.Level.WARN, begun.cutOffText());
    }
    results.cutOff(why);
    ended.countDown();
    return why;
  }

  /// @param fault why the run cannot go on, if so
  private @Nullable ExitStatus end(@Nullable RunFault fault) throws Exception {
    if (!takeEnd()) {
      ended.await(); // the files stay open for the thread that ends the run
      return null;
    }
    try {
      Staging begun = staging;
      return begun == null
          ? endBeforeStaging(fault)
          : begun.end(stopped, fault, status -> reported = status);
    } finally {
      ended.countDown();
    }
  }

  private ExitStatus endBeforeStaging(@Nullable RunFault fault) {
    EarlyEnd early = new EarlyEnd(plan.output(), around.out(), results, console);
    ExitStatus stop = stopped;
    ExitStatus status =
        early.write(statusBeforeStaging(fault), fault == null ? null : fault.error(), stop);
    reported = status;
    if (fault != null) {
      report(fault);
    } else if (stop != null) {
      early.explain(stop, waitingFor());
    }
    return status;
  }

  /// A pipe is named, because it is the usual reason.
  private String waitingFor() {
    List<InputFile> pipes =
        S3Store.files(plan.store(), around.env()).stream()
            .filter(file -> Destination.isNamedPipe(file.path()))
            .toList();
    return records || pipes.isEmpty()
        ? opening
        : opening + "; " + pipes.getFirst() + " is a pipe, and nothing is written to it";
  }

  private ExitStatus statusBeforeStaging(@Nullable RunFault fault) {
    ExitStatus stop = stopped;
    return stop != null && (stop.isSignal() || fault == null) ? stop : ExitStatus.ERROR;
  }

  private void report(RunFault fault) {
    console.message(fault.text());
    trace.accept(fault.cause());
  }
}
