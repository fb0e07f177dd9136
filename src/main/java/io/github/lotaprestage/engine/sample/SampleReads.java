package io.github.lotaprestage.engine.sample;

import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.SourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the beginning of staged objects, one after another, and times it. Any thread may ask for
/// the report, also while a read is under way.
public final class SampleReads {

  /// The first MiB of an object is read.
  public static final int MAX_BYTES = 1 << 20;

  /// A read that succeeded.
  ///
  /// @param firstByte from the request to the first byte of the object
  /// @param whole from the request to the last byte that was read
  public record Read(Duration firstByte, Duration whole, long bytes) {

    long bytesPerSecond() {
      return Math.round(bytes * 1e9 / Math.max(1, whole.toNanos()));
    }
  }

  /// Reads the first [#MAX_BYTES] of an object.
  public interface Reader {
    Read read(String bucket, String key) throws SourceException, InterruptedException;
  }

  private record Sample(Duration head, Read read) {}

  /// If as many in a row failed, the others are not read.
  private static final int MAX_FAILED_IN_A_ROW = 3;

  private final Reader reader;
  private final List<Sample> samples = new ArrayList<>();
  private final List<SourceException> failures = new ArrayList<>();

  public SampleReads(Reader reader) {
    this.reader = reader;
  }

  /// Reads objects until all are read, or too many reads in a row failed.
  public void read(List<Outcome.Prestaged> objects) throws InterruptedException {
    int failedInARow = 0;
    for (Outcome.Prestaged staged : objects) {
      try {
        Read read = reader.read(staged.object().bucket(), staged.object().key());
        add(new Sample(staged.duration(), read));
        failedInARow = 0;
      } catch (SourceException e) {
        add(e);
        failedInARow++;
      }
      if (failedInARow == MAX_FAILED_IN_A_ROW) {
        return;
      }
    }
  }

  private synchronized void add(Sample sample) {
    samples.add(sample);
  }

  private synchronized void add(SourceException failure) {
    failures.add(failure);
  }

  /// The figures so far; empty if nothing was read.
  public synchronized Optional<ReadReport> report() {
    return samples.isEmpty() && failures.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ReadReport(
                samples.size(),
                failures.size(),
                Percentiles.of(samples, sample -> sample.read().firstByte().toMillis()),
                Percentiles.of(samples, sample -> sample.read().bytesPerSecond()),
                Percentiles.of(samples, sample -> sample.head().toMillis())));
  }

  /// How many objects were read, or could not be read.
  synchronized int made() {
    return samples.size() + failures.size();
  }

  /// The first failure.
  public synchronized Optional<SourceException> failure() {
    return failures.stream().findFirst();
  }
}
