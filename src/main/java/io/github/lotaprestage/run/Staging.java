package io.github.lotaprestage.run;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.plan.target.Target;
import io.github.lotaprestage.report.Console;
import io.github.lotaprestage.report.ExitStatus;
import io.github.lotaprestage.report.stop.StopTexts;
import io.github.lotaprestage.run.end.RunFault;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The part of a run after the store is open: from the source to the exit status.
final class Staging implements AutoCloseable {

  private final StagingParts parts;
  private final Consumer<RunFault> onFault;

  /// Whether every object has its outcome.
  private volatile boolean staged;

  /// @param onFault receives why the run could not go on
  Staging(StagingParts parts, Consumer<RunFault> onFault) {
    this.parts = parts;
    this.onFault = onFault;
    parts.reporter.start();
  }

  /// Stages everything, or as much as the time allows.
  void run() throws InterruptedException {
    if (parts.console.isTerminal()) {
      parts.plan.listed().stream().filter(Target.Listed::isWholeBucket).forEach(this::announce);
    }
    if (parts.watching == null) {
      parts.store.watch(this::gone);
    }
    if (parts.capacity.plansFirst()) {
      parts.prestager.prepare(
          () -> parts.capacity.plan(parts.sources.open(), parts.ledger::sourceFailed));
      if (parts.ledger.sourceFailed()) {
        return;
      }
    }
    parts.prestager.run(parts.ledger, parts.capacity.stager());
    parts.reporter.stagingEnded();
    staged = true;
    if (parts.prestager.gaveUp() == null) {
      parts.sampling.read();
    }
  }

  /// The endpoint does not answer any more. Samples do not change how the run ends.
  private void gone(Failure why) {
    if (!staged) {
      parts.prestager.giveUp(why);
    }
    parts.sampling.stop("the endpoint does not answer any more");
  }

  /// Somebody may have left out the prefix.
  private void announce(Target.Listed bucket) {
    parts.console.message(
        Console.Level.INFO,
        bucket + " is a whole bucket; press Ctrl-C to stop if that is a mistake");
  }

  /// See [StagingEnd#end].
  ExitStatus end(
      @Nullable ExitStatus stopped, @Nullable RunFault fault, Consumer<ExitStatus> onSummary)
      throws InterruptedException {
    return new StagingEnd(parts, onFault).end(stopped, fault, onSummary);
  }

  /// What is known while the run is being cut off. Any thread may call it.
  String cutOffText() {
    return StopTexts.cutOff(parts.reporter.prestagedSoFar(), parts.prestager.inFlight())
        + "; "
        + parts.continuation.next(false);
  }

  /// The run is being stopped.
  void stopping() {
    parts.sampling.stop("the run was stopped");
    if (parts.watching != null) {
      parts.watching.stop();
    }
  }

  /// Removes temporary files, for an end in the middle of the run. Any thread may call it.
  void abandonFiles() {
    parts.records.abandon();
  }

  @Override
  public void close() {
    parts.close();
  }
}
