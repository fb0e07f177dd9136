package io.github.lotaprestage.report.sink;

import io.github.lotaprestage.report.MessageJson;
import io.github.lotaprestage.report.format.Times;
import io.github.lotaprestage.report.format.Units;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The progress of a run in one line.
final class ProgressLine {

  /// What takes longer is only slow at the moment.
  private static final Duration LONGEST_ETA = Duration.ofDays(365);

  private ProgressLine() {}

  /// `listed 12,000+, done 8,000, failed 2, 1.2 TiB, 400 objects/s, in flight 300, elapsed 30 s`;
  /// the plus means that listing has not finished.
  static String of(Snapshot now) {
    return "listed "
        + Units.count(now.listed())
        + (now.totalKnown() ? "" : "+")
        + ", done "
        + Units.count(now.finished())
        + ", failed "
        + Units.count(now.failed())
        + ", "
        + Units.bytes(now.bytes())
        + ", "
        + Units.rate(now.objectsPerSecond())
        + " objects/s, in flight "
        + Units.count(now.inFlight())
        + ", elapsed "
        + Times.rounded(Duration.ofSeconds(now.elapsed().toSeconds()))
        + (now.isSilent()
            ? ", no answer for " + Times.rounded(Duration.ofSeconds(now.silence().toSeconds()))
            : "");
  }

  /// The same as JSON.
  static byte[] json(Snapshot now, Instant time) {
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
            now.isSilent() ? now.silence().toSeconds() : 0,
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
}
