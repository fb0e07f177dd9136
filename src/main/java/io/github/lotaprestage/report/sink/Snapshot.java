package io.github.lotaprestage.report.sink;

import java.time.Duration;

/// A snapshot of a run.
///
/// @param listed entries that the source has seen
/// @param selected objects that are known to be selected; never fewer than `finished`
/// @param totalKnown whether no others will be selected
/// @param finished objects that have an outcome
/// @param prestaged finished objects that are in the cache
/// @param retries requests beyond the first of each object
/// @param throttled answers of finished objects by which the store asked for fewer requests
/// @param bytes known to be in the cache (dry run: planned)
/// @param inFlight HEAD requests in flight
/// @param silence how long the endpoint has not answered although requests are in flight
/// @param elapsed since the run began
public record Snapshot(
    long listed,
    long selected,
    boolean totalKnown,
    long finished,
    long prestaged,
    long skipped,
    long failed,
    long planned,
    long retries,
    long throttled,
    long bytes,
    int inFlight,
    Duration silence,
    Duration elapsed) {

  private static final Duration SILENT = Duration.ofSeconds(60);

  /// Whether no request is under way and none is about to be sent.
  public boolean isIdle() {
    return inFlight == 0 && silence.isZero() && finished == selected;
  }

  /// Whether there was no answer for so long that it is worth telling. A shorter silence is normal,
  /// because the fill of a large object is silent too.
  public boolean isSilent() {
    return silence.compareTo(SILENT) >= 0;
  }

  /// Finished objects per second.
  public double objectsPerSecond() {
    return elapsed.isZero() ? 0 : finished * 1e9 / elapsed.toNanos();
  }
}
