package io.github.lotaprestage.report.html;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How a run went, at a few hundred moments. When it is full, every second moment is dropped, so
/// that it covers runs of any length.
final class Timeline {

  private static final int MAX_MOMENTS = 360;
  private static final Duration FIRST_SPACING = Duration.ofMillis(200);

  /// Where the run stood. The numbers are totals since it began, except for `inFlight`.
  record Moment(
      long nanos, long finished, long bytes, long failed, long throttled, double inFlight) {}

  private List<Moment> moments = new ArrayList<>();
  private Duration spacing = FIRST_SPACING;

  Timeline() {
    moments.add(new Moment(0, 0, 0, 0, 0, 0));
  }

  /// The time until the next moment is worth adding.
  Duration spacing() {
    return spacing;
  }

  void add(Moment moment) {
    if (moment.nanos() <= moments.getLast().nanos()) {
      return;
    }
    if (lastIsTooClose()) {
      moments.removeLast();
    } else if (moments.size() > MAX_MOMENTS) {
      thinOut();
    }
    moments.add(moment);
  }

  /// Whether the last moment is hardly later than the one before it.
  private boolean lastIsTooClose() {
    return moments.size() > 1
        && moments.getLast().nanos() - moments.get(moments.size() - 2).nanos()
            < spacing.toNanos() / 2;
  }

  /// Totals need no merging; requests in flight become their mean.
  private void thinOut() {
    List<Moment> half = new ArrayList<>();
    half.add(moments.getFirst());
    for (int i = 2; i < moments.size(); i += 2) {
      Moment kept = moments.get(i);
      half.add(
          new Moment(
              kept.nanos(),
              kept.finished(),
              kept.bytes(),
              kept.failed(),
              kept.throttled(),
              (kept.inFlight() + moments.get(i - 1).inFlight()) / 2));
    }
    moments = half;
    spacing = spacing.multipliedBy(2);
  }

  /// The beginning of the run, then the moments that were added.
  List<Moment> moments() {
    return List.copyOf(moments);
  }
}
