package io.github.lotaprestage.report.html;

import io.github.lotaprestage.engine.FailureGroup;
import io.github.lotaprestage.engine.FailureGroups;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.RunEvent.Round;
import io.github.lotaprestage.report.sink.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// What the page shows beyond the totals of a run, in memory that does not grow with the number of
/// objects. Not thread-safe.
final class History {

  private static final int SLOWEST = 20;
  private static final Comparator<Outcome.Prestaged> BY_TIME =
      Comparator.comparing(Outcome.Prestaged::duration);

  private final Timeline timeline = new Timeline();
  private final FailureGroups failures = new FailureGroups();
  private final PriorityQueue<Outcome.Prestaged> slowest = new PriorityQueue<>(BY_TIME);
  private final Map<Outcome.Reason, Long> skipped = new EnumMap<>(Outcome.Reason.class);
  private long changed;
  private long rounds;
  private @Nullable Snapshot last;

  void add(Outcome outcome) {
    switch (outcome) {
      case Outcome.Prestaged done -> {
        changed += done.changed() ? 1 : 0;
        if (slowest.size() < SLOWEST) {
          slowest.add(done);
        } else if (BY_TIME.compare(done, slowest.element()) > 0) {
          slowest.remove();
          slowest.add(done);
        }
      }
      case Outcome.Failed done -> failures.add(done);
      case Outcome.Skipped done -> skipped.merge(done.reason(), 1L, Long::sum);
      case Outcome.Planned _ -> {}
    }
  }

  void add(Round round) {
    rounds = round.number();
  }

  void add(Snapshot now) {
    last = now;
    timeline.add(
        new Timeline.Moment(
            now.elapsed().toNanos(),
            now.finished(),
            now.bytes(),
            now.failed(),
            now.throttled(),
            now.inFlight()));
  }

  /// The end of the run, with nothing in flight.
  void end(Totals totals) {
    timeline.add(
        new Timeline.Moment(
            totals.elapsed().toNanos(),
            totals.selected(),
            totals.bytes(),
            totals.failed(),
            totals.throttled(),
            0));
  }

  Duration spacing() {
    return timeline.spacing();
  }

  List<Timeline.Moment> moments() {
    return timeline.moments();
  }

  /// The most frequent first. Objects that were staged later count too.
  List<FailureGroup> failures() {
    return failures.sorted();
  }

  /// The slowest first.
  List<Outcome.Prestaged> slowest() {
    List<Outcome.Prestaged> sorted = new ArrayList<>(slowest);
    sorted.sort(BY_TIME.reversed());
    return sorted;
  }

  Map<Outcome.Reason, Long> skipped() {
    return skipped;
  }

  /// Objects that were overwritten after they were listed.
  long changed() {
    return changed;
  }

  long rounds() {
    return rounds;
  }

  /// The totals at the last moment, for a run that did not add up.
  Totals totals() {
    return last == null ? Totals.NONE : Totals.of(last);
  }
}
