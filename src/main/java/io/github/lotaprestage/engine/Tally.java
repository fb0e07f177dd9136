package io.github.lotaprestage.engine;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.Input;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Adds up outcomes in memory that does not grow with their number. Not thread-safe.
public final class Tally {

  private static final int SLOWEST = 3;
  private static final long LONGEST_MS = Duration.ofDays(7).toMillis();

  private static final Comparator<Outcome.Prestaged> BY_DURATION =
      (one, other) -> one.duration().compareTo(other.duration());

  private long prestaged;
  private long skipped;
  private long unsent;
  private long failed;
  private long planned;
  private long bytes;
  private long retries;
  private long throttled;
  private final Histogram latencyMs = new Histogram(LONGEST_MS, 3);
  private final FailureGroups failures = new FailureGroups();
  private final PriorityQueue<Outcome.Prestaged> slowest = new PriorityQueue<>(BY_DURATION);
  private Failure.@Nullable Kind onlyFailureKind;
  private boolean failuresDiffer;
  private @Nullable Failure firstFailure;
  private @Nullable Failure firstInvalid;
  private final List<SourceException> sourceProblems = new ArrayList<>();
  private final List<InputTally> inputs;

  /// A tally of a run without inputs.
  public Tally() {
    this(List.of());
  }

  public Tally(List<Input> inputs) {
    this.inputs = inputs.stream().map(InputTally::new).toList();
  }

  /// Counts one finished object.
  public void add(Outcome outcome) {
    if (inputs.size() > 1) {
      input(outcome).add(outcome);
    }
    switch (outcome) {
      case Outcome.Prestaged done -> {
        prestaged++;
        addBytes(done.object());
        addAttempts(done.attempts());
        latencyMs.recordValue(Math.min(done.duration().toMillis(), LONGEST_MS));
        slowest.add(done);
        if (slowest.size() > SLOWEST) {
          slowest.remove();
        }
      }
      case Outcome.Skipped done -> {
        skipped++;
        unsent += done.reason().isUnsent() ? 1 : 0;
        addAttempts(done.attempts());
      }
      case Outcome.Failed done -> {
        failed++;
        addAttempts(done.attempts());
        failures.add(done);
        addFailure(done.error());
      }
      case Outcome.Planned done -> {
        planned++;
        addBytes(done.object());
      }
    }
  }

  /// Takes back a failure, because its object is staged again. Its attempts were made nevertheless.
  public void takeBack(Outcome.Failed failure) {
    failed--;
    if (inputs.size() > 1) {
      input(failure).takeBack();
    }
    failures.remove(failure);
    if (failed == 0) {
      onlyFailureKind = null;
      failuresDiffer = false;
      firstFailure = null;
      firstInvalid = null;
    }
  }

  /// Records a part of the source that could not be read.
  public void add(SourceException problem) {
    sourceProblems.add(problem);
  }

  /// The number of finished objects, whatever their outcome.
  public long finished() {
    return prestaged + skipped + failed + planned;
  }

  public long prestaged() {
    return prestaged;
  }

  public long skipped() {
    return skipped;
  }

  public long planned() {
    return planned;
  }

  /// Requests beyond the first of each object.
  public long retries() {
    return retries;
  }

  /// Answers by which the store asked for fewer requests.
  public long throttled() {
    return throttled;
  }

  public long failed() {
    return failed;
  }

  /// Bytes known to be in the cache (dry run: planned), limited to the largest long.
  public long bytes() {
    return bytes;
  }

  /// The totals so far.
  ///
  /// @param listed entries that the source saw
  /// @param elapsed since the run began
  public Summary summary(long listed, Duration elapsed) {
    List<Outcome.Prestaged> slowestFirst = new ArrayList<>(slowest);
    slowestFirst.sort(BY_DURATION.reversed());
    return new Summary(
        listed,
        prestaged,
        skipped,
        unsent,
        failed,
        planned,
        bytes,
        retries,
        throttled,
        elapsed,
        prestaged == 0 ? null : Summary.Latency.of(latencyMs),
        slowestFirst,
        failures.sorted(),
        hopeless(),
        List.copyOf(sourceProblems),
        inputTotals());
  }

  private InputTally input(Outcome outcome) {
    Input input = outcome.object().input();
    return inputs.get(input == null ? 0 : input.index());
  }

  /// Everything belongs to an input that has no other beside it.
  private List<InputTotals> inputTotals() {
    return inputs.size() == 1
        ? List.of(
            new InputTotals(inputs.getFirst().name(), prestaged, skipped, failed, planned, bytes))
        : inputs.stream().map(InputTally::totals).toList();
  }

  /// The fatal error of every object, if no object succeeded.
  private @Nullable Failure hopeless() {
    if (prestaged > 0 || planned > 0) {
      return null;
    }
    if (onlyFailureKind == null) {
      return skipped > 0 ? null : firstInvalid;
    }
    return !failuresDiffer && onlyFailureKind.fatal() ? firstFailure : null;
  }

  private void addBytes(ObjectRef object) {
    if (object.size() != null) {
      bytes = ObjectRef.sum(bytes, object.size());
    }
  }

  private void addAttempts(Outcome.Attempts attempts) {
    retries += attempts.retries();
    throttled += attempts.throttled();
  }

  private void addFailure(Failure error) {
    if (error.kind() == Failure.Kind.INVALID) {
      firstInvalid = firstInvalid == null ? error : firstInvalid;
      return; // it does not name an object, so it says nothing about the store
    }
    if (firstFailure == null) {
      firstFailure = error;
      onlyFailureKind = error.kind();
    }
    failuresDiffer |= error.kind() != onlyFailureKind;
  }
}
