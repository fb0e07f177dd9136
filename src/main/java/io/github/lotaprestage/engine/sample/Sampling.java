package io.github.lotaprestage.engine.sample;

import io.github.lotaprestage.engine.Prestager;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.SourceException;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The sample reads of one run, if it was asked for some: chooses objects while they are staged,
/// and reads them afterwards.
public final class Sampling implements Prestager.Listener {

  private final @Nullable Reservoir reservoir;
  private final SampleReads reads;

  /// @param count how many objects are read; 0 for none
  public Sampling(int count, SampleReads.Reader reader) {
    this.reservoir = count == 0 ? null : new Reservoir(count, new Random());
    this.reads = new SampleReads(reader);
  }

  @Override
  public void finished(Outcome outcome) {
    if (reservoir != null) {
      reservoir.finished(outcome);
    }
  }

  /// Reads the objects that were chosen, unless the run is stopped.
  public void read(BooleanSupplier stopped) throws InterruptedException {
    if (reservoir != null) {
      reads.read(reservoir.objects(), stopped);
    }
  }

  /// The figures so far; empty if nothing was read.
  public Optional<ReadReport> report() {
    return reads.report();
  }

  /// The first failure.
  public Optional<SourceException> failure() {
    return reads.failure();
  }
}
