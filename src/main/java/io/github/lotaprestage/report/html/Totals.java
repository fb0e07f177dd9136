package io.github.lotaprestage.report.html;

import io.github.lotaprestage.engine.Summary;
import io.github.lotaprestage.report.sink.Snapshot;
import java.time.Duration;

/// The numbers at the top of the page.
///
/// @param selected objects with an outcome
record Totals(
    long listed,
    long selected,
    long prestaged,
    long skipped,
    long failed,
    long planned,
    long bytes,
    long retries,
    long throttled,
    Duration elapsed,
    double objectsPerSecond,
    double bytesPerSecond) {

  static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO, 0, 0);

  static Totals of(Summary summary) {
    return new Totals(
        summary.listed(),
        summary.selected(),
        summary.prestaged(),
        summary.skipped(),
        summary.failed(),
        summary.planned(),
        summary.bytes(),
        summary.retries(),
        summary.throttled(),
        summary.elapsed(),
        summary.objectsPerSecond(),
        summary.bytesPerSecond());
  }

  static Totals of(Snapshot now) {
    double seconds = Math.max(1e-3, now.elapsed().toNanos() / 1e9);
    return new Totals(
        now.listed(),
        now.finished(),
        now.prestaged(),
        now.skipped(),
        now.failed(),
        now.planned(),
        now.bytes(),
        now.retries(),
        now.throttled(),
        now.elapsed(),
        now.finished() / seconds,
        now.bytes() / seconds);
  }
}
