package io.github.lotaprestage.run;

import io.github.lotaprestage.engine.DryRunStager;
import io.github.lotaprestage.engine.Ledger;
import io.github.lotaprestage.engine.Prestager;
import io.github.lotaprestage.engine.Tally;
import io.github.lotaprestage.engine.capacity.CapacityLimit;
import io.github.lotaprestage.engine.pace.Pending;
import io.github.lotaprestage.engine.sample.Sampling;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.Plan;
import io.github.lotaprestage.records.RunRecords;
import io.github.lotaprestage.report.Console;
import io.github.lotaprestage.report.file.ProgressFile;
import io.github.lotaprestage.report.file.ResultFiles;
import io.github.lotaprestage.report.format.Terminal;
import io.github.lotaprestage.report.live.LiveDisplay;
import io.github.lotaprestage.report.live.Standing;
import io.github.lotaprestage.report.plan.PlanTally;
import io.github.lotaprestage.report.sink.LargeRunSink;
import io.github.lotaprestage.report.sink.PlanSink;
import io.github.lotaprestage.report.sink.Reporter;
import io.github.lotaprestage.report.sink.Sink;
import io.github.lotaprestage.report.sink.Snapshot;
import io.github.lotaprestage.report.sink.StandardError;
import io.github.lotaprestage.report.sink.StandardOutput;
import io.github.lotaprestage.report.stop.Continuation;
import io.github.lotaprestage.run.end.Explanation;
import io.github.lotaprestage.run.end.MissingKeyHint;
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
import org.jspecify.annotations.Nullable;

/// The parts of a run, put together once the store is open. What they do together is in [Staging]
/// and [StagingEnd].
final class StagingParts implements AutoCloseable {

  private static final String LARGE_RUN =
      "this run stages more than 1 TiB; set --nodes or --cache-capacity, so that it does not evict"
          + " what other jobs use";

  final Plan plan;
  final S3Store store;
  final RunRecords records;
  final Prestager prestager;
  final Console console;
  final ResultFiles results;
  final StandardOutput output;
  final Newest newest;
  final @Nullable PlanTally planned;
  final Reporter reporter;
  final AtomicLong manifestReads = new AtomicLong();
  final Sources sources;
  final CapacityLimit capacity;
  final Sampling sampling;
  final @Nullable Watching watching;
  final Ledger ledger;
  final Continuation continuation;
  final Explanation explanation;
  @Nullable ListingWait listingWait;

  StagingParts(
      Plan plan,
      S3Store store,
      RunRecords records,
      Prestager prestager,
      ProcessContext around,
      Console console,
      ResultFiles results) {
    this.plan = plan;
    this.store = store;
    this.records = records;
    this.prestager = prestager;
    this.console = console;
    this.results = results;
    Listing listing = store.listing();
    MissingKeyHint missing = new MissingKeyHint();
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

  void warn(String text) {
    console.message(Console.Level.WARN, text);
  }

  @Override
  public void close() {
    ledger.close();
  }
}
