package io.github.lotaprestage.report.sink;

import io.github.lotaprestage.report.MessageJson;
import io.github.lotaprestage.report.format.Units;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The progress of a run in one line.
final class ProgressLine {

  private static final Duration WORTH_TELLING = Duration.ofSeconds(60);

  /// What takes longer is only slow at the moment.
  private static final Duration LONGEST_ETA = Duration.ofDays(365);

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

  /// The same as JSON.
  static byte[] json(Snapshot now, Instant time) {
    boolean silent = now.silence().compareTo(WORTH_TELLING) >= 0;
    return MessageJson.progress(
        new MessageJson.Progress(
            now.finished(),
            now.selected(),
            now.totalKnown(),
            now.failed(),
            now.bytes(),
            now.inFlight(),
            now.objectsPerSecond(),
            now.elapsed().toSeconds(),
            silent ? now.silence().toSeconds() : 0,
            eta(now, time)));
  }

  /// At the rate so far. Null as long as the total or the rate is unknown.
  private static @Nullable Instant eta(Snapshot now, Instant time) {
    if (!now.totalKnown() || now.finished() == 0) {
      return null;
    }
    double seconds = (now.selected() - now.finished()) / now.objectsPerSecond();
    return seconds < LONGEST_ETA.toSeconds() ? time.plusSeconds(Math.round(seconds)) : null;
  }

  /// A shorter silence is normal, because the fill of a large object is silent too.
  private static String silence(Duration silence) {
    return silence.compareTo(WORTH_TELLING) < 0
        ? ""
        : ", no answer for " + silence.toSeconds() + " s";
  }
}
