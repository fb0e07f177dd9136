package io.github.lotaprestage.report;

import io.github.lotaprestage.engine.Tally;
import java.time.Duration;

/// Where the run stands, in one line.
final class ProgressLine {

  private static final Duration WORTH_TELLING = Duration.ofSeconds(60);

  private ProgressLine() {}

  /// `listed 12000+, done 8000, failed 2, 1.2 TiB, 400 objects/s, in flight 300, elapsed 30.0 s`;
  /// the plus says that the listing goes on.
  static String of(Tally tally, Gauges gauges, Duration elapsed) {
    double rate = elapsed.isZero() ? 0 : tally.finished() * 1e9 / elapsed.toNanos();
    return "listed "
        + gauges.listed()
        + (gauges.listingDone() ? "" : "+")
        + ", done "
        + tally.finished()
        + ", failed "
        + tally.failed()
        + ", "
        + Units.bytes(tally.bytes())
        + ", "
        + Units.rate(rate)
        + " objects/s, in flight "
        + gauges.inFlight()
        + ", elapsed "
        + elapsed.toSeconds()
        + " s"
        + silence(gauges.silence());
  }

  /// The fill of a large object is silent, too; shorter silences say nothing.
  private static String silence(Duration silence) {
    return silence.compareTo(WORTH_TELLING) < 0
        ? ""
        : ", no answer for " + silence.toSeconds() + " s";
  }
}
