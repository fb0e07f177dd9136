package io.github.lotaprestage.run;

import io.github.lotaprestage.engine.DryRunStager;
import io.github.lotaprestage.engine.Ledger;
import io.github.lotaprestage.engine.Prestager;
import io.github.lotaprestage.engine.Summary;
import io.github.lotaprestage.engine.Tally;
import io.github.lotaprestage.engine.capacity.CapacityLimit;
import io.github.lotaprestage.engine.pace.Pending;
import io.github.lotaprestage.engine.sample.Sampling;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.Plan;
import io.github.lotaprestage.plan.Shard;
import io.github.lotaprestage.plan.target.Target;
import io.github.lotaprestage.records.RunRecords;
import io.github.lotaprestage.report.Advice;
import io.github.lotaprestage.report.Console;
import io.github.lotaprestage.report.ExitStatus;
import io.github.lotaprestage.report.RunReport;
import io.github.lotaprestage.report.file.ProgressFile;
import io.github.lotaprestage.report.file.ResultFiles;
import io.github.lotaprestage.report.format.Terminal;
import io.github.lotaprestage.report.live.LiveDisplay;
import io.github.lotaprestage.report.live.Standing;
import io.github.lotaprestage.report.plan.PlanTally;
import io.github.lotaprestage.report.plan.StagingPlan;
import io.github.lotaprestage.report.sink.LargeRunSink;
import io.github.lotaprestage.report.sink.PlanSink;
import io.github.lotaprestage.report.sink.Reporter;
import io.github.lotaprestage.report.sink.Sink;
import io.github.lotaprestage.report.sink.Snapshot;
import io.github.lotaprestage.report.sink.StandardError;
import io.github.lotaprestage.report.sink.StandardOutput;
import io.github.lotaprestage.report.stop.Continuation;
import io.github.lotaprestage.report.stop.StopTexts;
import io.github.lotaprestage.run.end.Explanation;
import io.github.lotaprestage.run.end.FinalReport;
import io.github.lotaprestage.run.end.MissingKeyHint;
import io.github.lotaprestage.run.end.RunFault;
import io.github.lotaprestage.s3.S3Store;
import io.github.lotaprestage.source.ListingWait;
import io.github.lotaprestage.source.Sources;
import io.github.lotaprestage.source.StoredCheckpoints;
import io.github.lotaprestage.source.listing.Listing;
import io.github.lotaprestage.source.lookup.KeyLookup;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The part of a run after the store is open: from the source to the exit status.
final class Staging implements AutoCloseable {

  private static final String LARGE_RUN =
      "this run stages more than 1 TiB; set --nodes or --cache-capacity, so that it does not evict"
          + " what other jobs use";

  private final Plan plan;
  private final S3Store store;
  private final RunRecords records;
  private final Prestager prestager;
  private final Console console;
  private final ResultFiles results;
  private final Consumer<RunFault> onFault;
  private final Listing listing;
  private final StandardOutput output;
  private final Newest newest;
  private final @Nullable PlanTally planned;
  private final Reporter reporter;
  private final AtomicLong manifestReads = new AtomicLong();
  private final MissingKeyHint missing = new MissingKeyHint();
  private final Sources sources;
  private final CapacityLimit capacity;
  private final Sampling sampling;
  private final @Nullable Watching watching;
  private final Ledger ledger;
  private final Continuation continuation;
  private final Explanation explanation;
  private @Nullable ListingWait listingWait;

  /// Whether every object has its outcome.
  private volatile boolean staged;

  Staging(
      Plan plan,
      S3Store store,
      RunRecords records,
      Prestager prestager,
      ProcessContext around,
      Console console,
      ResultFiles results,
      Consumer<RunFault> onFault) {
    this.plan = plan;
    this.store = store;
    this.records = records;
    this.prestager = prestager;
    this.console = console;
    this.results = results;
    this.onFault = onFault;
    this.listing = store.listing();
    this.newest = new Newest(plan, new StoredCheckpoints(listing, store::read), console);
    this.sources =
        new Sources(
            plan, newest.resolver(), listing, this::manifest, around.in(), store.pathStyle());
    this.capacity =
        new CapacityLimit(
            plan.capacity().orElse(null),
            plan.dryRun(),
            records.around(
                plan.dryRun() ? new DryRunStager() : store.heads(),
                named -> KeyLookup.find(named, listing)));
    this.planned = plan.dryRun() ? new PlanTally(plan.prefixes(), Instant.now()) : null;
    this.output =
        new StandardOutput(
            around.out(),
            around.style(),
            console,
            plan.output(),
            () -> prestager.abandon(Outcome.Reason.INTERRUPTED));
    this.reporter =
        new Reporter(
            plan.inputs().all(),
            sinks(around),
            this::snapshot,
            () -> prestager.abandon(Outcome.Reason.GAVE_UP));
    this.sampling = new Sampling(plan.sampleReads(), store.timedReads());
    this.watching =
        plan.watch()
            .map(every ->
                new Watching(
                    sources::open,
                    every,
                    () -> prestager.stopped() != null,
                    newest,
                    capacity,
                    reporter,
                    console))
            .orElse(null);
    this.ledger =
        watching == null
            ? new Ledger(opened(), missing, records, sampling, reporter)
            : new Ledger(
                capacity.over(watching.source()), missing, records, sampling, reporter, watching);
    this.continuation =
        new Continuation(around.command(), around.env().getOrDefault("PATH", ""), plan);
    this.explanation =
        new Explanation(plan, prestager, capacity, missing, continuation, listing, console);
    reporter.start();
  }

  private ObjectSource opened() {
    boolean listsForOthers =
        plan.shard().filter(shard -> shard.count() > 1 && shard.range() == null).isPresent()
            && !plan.listed().isEmpty();
    ObjectSource all = sources.open(capacity::over);
    if (!listsForOthers) {
      return all;
    }
    listingWait = new ListingWait(all, System::nanoTime);
    return listingWait;
  }

  private InputStream manifest(String bucket, String key)
      throws SourceException, InterruptedException {
    manifestReads.incrementAndGet();
    return store.open(bucket, key);
  }

  private List<Sink> sinks(ProcessContext around) {
    List<Sink> sinks = new ArrayList<>();
    sinks.add(output);
    if (planned != null) {
      sinks.add(new PlanSink(planned));
    }
    if (planned == null && plan.capacity().isEmpty()) {
      sinks.add(new LargeRunSink(() -> warn(LARGE_RUN)));
    }
    Terminal terminal = around.liveTerminal();
    sinks.add(new StandardError(console, plan.output(), terminal != null));
    if (terminal != null && LiveDisplay.isWanted(plan.output())) {
      sinks.add(display(terminal, around));
    }
    results.metrics(store::requests, plan.output().progressInterval()).ifPresent(sinks::add);
    results.page().ifPresent(sinks::add);
    String progress = around.env().get(ProgressFile.VARIABLE);
    if (progress != null) {
      sinks.add(new ProgressFile(progress));
    }
    return sinks;
  }

  private Sink display(Terminal terminal, ProcessContext around) {
    prestager.trackRequests();
    return new LiveDisplay(
        console,
        terminal,
        around.outIsTerminal() && !plan.output().quiet(),
        around.wantsColour(true),
        new Standing() {
          @Override
          public OptionalLong totalBytes() {
            return ledger.totalBytes();
          }

          @Override
          public Optional<Pending> slowest() {
            return prestager.slowest();
          }

          @Override
          public boolean stopping() {
            return prestager.stopped() != null;
          }
        },
        plan.limits().maxDuration().map(limit -> limit.minus(around.age().get())).orElse(null));
  }

  /// Stages everything, or as much as the time allows.
  void run() throws InterruptedException {
    if (console.isTerminal()) {
      plan.listed().stream().filter(Target.Listed::isWholeBucket).forEach(this::announce);
    }
    if (watching == null) {
      store.watch(this::gone);
    }
    if (capacity.plansFirst()) {
      prestager.prepare(() -> capacity.plan(sources.open(), ledger::sourceFailed));
      if (ledger.sourceFailed()) {
        return;
      }
    }
    prestager.run(ledger, capacity.stager());
    reporter.stagingEnded();
    staged = true;
    if (prestager.gaveUp() == null) {
      sampling.read();
    }
  }

  /// The endpoint does not answer any more. Samples do not change how the run ends.
  private void gone(Failure why) {
    if (!staged) {
      prestager.giveUp(why);
    }
    sampling.stop("the endpoint does not answer any more");
  }

  /// Somebody may have left out the prefix.
  private void announce(Target.Listed bucket) {
    console.message(
        Console.Level.INFO,
        bucket + " is a whole bucket; press Ctrl-C to stop if that is a mistake");
  }

  /// Reports all objects without an outcome, finishes the files and writes the summary. It waits
  /// only for the files and standard output, because other threads may be blocked in requests.
  ///
  /// @param stopped the reason if the run was stopped from outside
  /// @param fault the reason if the run could not go on
  /// @param onSummary receives the exit status once the summary is written
  ExitStatus end(
      @Nullable ExitStatus stopped, @Nullable RunFault fault, Consumer<ExitStatus> onSummary)
      throws InterruptedException {
    reporter.unbind();
    boolean complete = ledger.settle(unsentReason()) && !ledger.sourceFailed();
    Optional<Failure> lost = records.finish(complete);
    Summary totals = reporter.finish();
    Optional<RunFault> broken =
        Optional.ofNullable(fault).or(() -> reporter.fault().map(RunFault::of));
    ExitStatus reached = status(totals, stopped, broken.isPresent() || lost.isPresent(), complete);
    Optional<Failure> cause = broken.map(RunFault::error).or(() -> cause(totals)).or(() -> lost);
    RunReport report =
        new RunReport(
            totals,
            reached,
            complete,
            store.url().toString(),
            cause.orElse(null),
            details(complete && totals.unsent() == 0 && broken.isEmpty()));
    ExitStatus status =
        new FinalReport(results, console)
            .write(
                reached,
                report,
                stopped,
                (ended, last) -> {
                  reporter.summary(last);
                  onSummary.accept(ended);
                  return output.failure();
                });
    sampling.problems().forEach(this::warn);
    lost.ifPresent(error -> console.message(error.message() + Advice.suffix(error)));
    if (output.failure() != null) {
      return status;
    }
    if (broken.isPresent()) {
      onFault.accept(broken.get());
    } else {
      explanation.explain(status, totals, complete);
      if (listingWait != null) {
        listingWait.hint(totals.elapsed()).ifPresent(this::warn);
      }
    }
    if (!complete && plan.files().failedTo().isPresent()) {
      warn(
          plan.files().failedToIsInput()
              ? "--failed-to is unchanged, because this run did not finish reading it;"
                  + " run the same command again"
              : "--failed-to is incomplete because listing did not finish;"
                  + " run the same command again instead of staging that list");
    }
    return status;
  }

  /// @param complete whether all objects are in the plan
  private RunReport.Details details(boolean complete) {
    return new RunReport.Details(
        store.clockOffsetSeconds(),
        newest.chosen(),
        newest.metadataReads() + manifestReads.get(),
        sampling.report().orElse(null),
        stagingPlan(complete),
        plan.shard().orElse(null),
        null);
  }

  private Outcome.Reason unsentReason() {
    Outcome.Reason stopped = prestager.stopped();
    return stopped == null ? Outcome.Reason.GAVE_UP : stopped;
  }

  private ExitStatus status(
      Summary totals, @Nullable ExitStatus stopped, boolean broken, boolean complete) {
    if (stopped != null && stopped.isSignal()) {
      return stopped;
    }
    if (broken || prestager.gaveUp() != null) {
      return ExitStatus.ERROR;
    }
    boolean limited =
        capacity.isExceeded() || (stopped != null && (totals.unsent() > 0 || !complete));
    boolean othersHaveSome =
        sources.inOtherShards() > 0 || plan.shard().map(Shard::bounds).isPresent();
    boolean nothingThere = plan.allowEmpty() && !(plan.selectsAll() && totals.listed() > 0);
    return ExitStatus.of(totals, limited, nothingThere || watching != null || othersHaveSome);
  }

  private Snapshot snapshot(Tally totals, Duration elapsed) {
    return new Snapshot(
        Math.max(ledger.listed(), capacity.listed()),
        Math.max(ledger.selected(), totals.finished()),
        ledger.allSelected(),
        totals.finished(),
        totals.prestaged(),
        totals.skipped(),
        totals.failed(),
        totals.planned(),
        totals.retries(),
        totals.throttled(),
        totals.bytes(),
        prestager.inFlight(),
        store.silence(),
        elapsed);
  }

  /// The reason if the run could not work.
  private Optional<Failure> cause(Summary totals) {
    return Optional.ofNullable(totals.hopeless())
        .or(() -> Optional.ofNullable(prestager.gaveUp()))
        .or(() -> totals.sourceProblems().stream().findFirst().map(SourceException::error));
  }

  /// What is known while the run is being cut off. Any thread may call it.
  String cutOffText() {
    return StopTexts.cutOff(reporter.prestagedSoFar(), prestager.inFlight())
        + "; "
        + continuation.next(false);
  }

  /// @param complete whether all objects are in it
  private @Nullable StagingPlan stagingPlan(boolean complete) {
    return planned == null
        ? null
        : planned.plan(
            complete,
            plan.capacity()
                .map(limit ->
                    new StagingPlan.Cache(limit.bytes(), capacity.used(), !capacity.fits())),
            plan.limits().fillBytesPerSecond(),
            plan.limits().maxDuration());
  }

  /// The run is being stopped.
  void stopping() {
    sampling.stop("the run was stopped");
    if (watching != null) {
      watching.stop();
    }
  }

  /// Removes temporary files, for an end in the middle of the run. Any thread may call it.
  void abandonFiles() {
    records.abandon();
  }

  @Override
  public void close() {
    ledger.close();
  }

  private void warn(String text) {
    console.message(Console.Level.WARN, text);
  }
}
