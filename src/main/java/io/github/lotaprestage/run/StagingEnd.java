package io.github.lotaprestage.run;

import io.github.lotaprestage.engine.Prestager;
import io.github.lotaprestage.engine.Summary;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.Plan;
import io.github.lotaprestage.plan.Shard;
import io.github.lotaprestage.report.Advice;
import io.github.lotaprestage.report.ExitStatus;
import io.github.lotaprestage.report.RunReport;
import io.github.lotaprestage.report.plan.StagingPlan;
import io.github.lotaprestage.run.end.FinalReport;
import io.github.lotaprestage.run.end.RunFault;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The end of a run: reports what has no outcome, finishes the files, and finds the exit status.
final class StagingEnd {

  private final StagingParts parts;
  private final Plan plan;
  private final Prestager prestager;
  private final Consumer<RunFault> onFault;

  /// @param onFault receives why the run could not go on
  StagingEnd(StagingParts parts, Consumer<RunFault> onFault) {
    this.parts = parts;
    this.plan = parts.plan;
    this.prestager = parts.prestager;
    this.onFault = onFault;
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
    parts.reporter.unbind();
    boolean complete = parts.ledger.settle(unsentReason()) && !parts.ledger.sourceFailed();
    Optional<Failure> lost = parts.records.finish(complete);
    Summary totals = parts.reporter.finish();
    Optional<RunFault> broken =
        Optional.ofNullable(fault).or(() -> parts.reporter.fault().map(RunFault::of));
    ExitStatus reached = status(totals, stopped, broken.isPresent() || lost.isPresent(), complete);
    Optional<Failure> cause = broken.map(RunFault::error).or(() -> cause(totals)).or(() -> lost);
    RunReport report =
        new RunReport(
            totals,
            reached,
            complete,
            parts.store.url().toString(),
            cause.orElse(null),
            details(complete && totals.unsent() == 0 && broken.isEmpty()));
    ExitStatus status =
        new FinalReport(parts.results, parts.console)
            .write(
                reached,
                report,
                stopped,
                (ended, last) -> {
                  parts.reporter.summary(last);
                  onSummary.accept(ended);
                  return parts.output.failure();
                });
    parts.sampling.problems().forEach(parts::warn);
    lost.ifPresent(error -> parts.console.message(error.message() + Advice.suffix(error)));
    if (parts.output.failure() != null) {
      return status;
    }
    if (broken.isPresent()) {
      onFault.accept(broken.get());
    } else {
      parts.explanation.explain(status, totals, complete);
      if (parts.listingWait != null) {
        parts.listingWait.hint(totals.elapsed()).ifPresent(parts::warn);
      }
    }
    if (!complete && plan.files().failedTo().isPresent()) {
      parts.warn(
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
        parts.store.clockOffsetSeconds(),
        parts.newest.chosen(),
        parts.newest.metadataReads() + parts.manifestReads.get(),
        parts.sampling.report().orElse(null),
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
        parts.capacity.isExceeded() || (stopped != null && (totals.unsent() > 0 || !complete));
    boolean othersHaveSome =
        parts.sources.inOtherShards() > 0 || plan.shard().map(Shard::bounds).isPresent();
    boolean nothingThere = plan.allowEmpty() && !(plan.selectsAll() && totals.listed() > 0);
    return ExitStatus.of(totals, limited, nothingThere || parts.watching != null || othersHaveSome);
  }

  /// The reason if the run could not work.
  private Optional<Failure> cause(Summary totals) {
    return Optional.ofNullable(totals.hopeless())
        .or(() -> Optional.ofNullable(prestager.gaveUp()))
        .or(() -> totals.sourceProblems().stream().findFirst().map(SourceException::error));
  }

  /// @param complete whether all objects are in it
  private @Nullable StagingPlan stagingPlan(boolean complete) {
    return parts.planned == null
        ? null
        : parts.planned.plan(
            complete,
            plan.capacity()
                .map(limit ->
                    new StagingPlan.Cache(
                        limit.bytes(), parts.capacity.used(), !parts.capacity.fits())),
            plan.limits().fillBytesPerSecond(),
            plan.limits().maxDuration());
  }
}
