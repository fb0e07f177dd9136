package io.github.lotaprestage.engine;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.SourceException;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// The totals of a run. `selected` is the sum of the outcomes by definition.
///
/// @param listed entries seen before filters
/// @param unsent the skipped objects that should have been staged, if the run had not ended first
/// @param bytes the bytes of prestaged (dry run: planned) objects of known size
/// @param latency of prestaged objects; null if there are none
/// @param slowest a few prestaged objects, the slowest first
/// @param failures failed objects by error code, the most frequent first
/// @param hopeless the fatal error of every object, if no object succeeded
/// @param sourceProblems listings and key lists that could not be read completely
/// @param inputs in the order of the command line
public record Summary(
    long listed,
    long prestaged,
    long skipped,
    long unsent,
    long failed,
    long planned,
    long bytes,
    long retries,
    long throttled,
    Duration elapsed,
    @Nullable Latency latency,
    List<Outcome.Prestaged> slowest,
    List<FailureGroup> failures,
    @Nullable Failure hopeless,
    List<SourceException> sourceProblems,
    List<InputTotals> inputs) {

  public long selected() {
    return prestaged + skipped + failed + planned;
  }

  /// Objects per second that were finished before the run ended.
  public double objectsPerSecond() {
    return perSecond(selected() - unsent);
  }

  public double bytesPerSecond() {
    return perSecond(bytes);
  }

  private double perSecond(long amount) {
    return elapsed.isZero() ? 0 : amount * 1e9 / elapsed.toNanos();
  }

  /// Percentiles in milliseconds, to three digits.
  public record Latency(long p50, long p90, long p99, long max) {
    static Latency of(Histogram milliseconds) {
      return new Latency(
          milliseconds.getValueAtPercentile(50),
          milliseconds.getValueAtPercentile(90),
          milliseconds.getValueAtPercentile(99),
          milliseconds.getMaxValue());
    }
  }
}
