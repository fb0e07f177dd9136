package io.github.lotaprestage.report.sink;

import io.github.lotaprestage.report.Units;
import java.time.Duration;

/// The progress of a run in one line.
final class ProgressLine {

  private static final Duration WORTH_TELLING = Duration.ofSeconds(60);

  private ProgressLine() {}

  /// `listed 12000+, done 8000, failed 2, 1.2 TiB, 400 objects/s, in flight 300, elapsed 30.0 s`;
  /// the plus means that listing has not finished.
  static String of(Snapshot now) {
    return "listed "
        + now.listed()
        + (now.listingDone() ? "" : "+")
        + ", done "
        + now.finished()
        + ", failed "
        + now.failed()
        + ", "
        + Units.bytes(now.bytes())
        + ", "
        + Units.rate(now.objectsPerSecond())
        + " objects/s, in flight "
        + now.inFlight()
        + ", elapsed "
        + now.elapsed().toSeconds()
        + " s"
        + silence(now.silence());
  }

  /// A shorter silence is normal, because the fill of a large object is silent too.
  private static String silence(Duration silence) {
    return silence.compareTo(WORTH_TELLING) < 0
        ? ""
        : ", no answer for " + silence.toSeconds() + " s";
  }
}
