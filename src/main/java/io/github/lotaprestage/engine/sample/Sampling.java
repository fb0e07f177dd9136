package io.github.lotaprestage.engine.sample;

import io.github.lotaprestage.engine.Prestager;
import io.github.lotaprestage.engine.pace.Slot;
import io.github.lotaprestage.object.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// The sample reads of one run, if it was asked for some: chooses objects while they are staged,
/// and reads them afterwards.
public final class Sampling implements Prestager.Listener {

  private final @Nullable Reservoir reservoir;
  private final SampleReads reads;

  /// The slot of the thread that reads.
  private final Slot reading = Slot.free();

  private volatile @Nullable String stopped;

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

  /// Reads the objects that were chosen, until [#stop].
  public void read() throws InterruptedException {
    if (reservoir == null || !reading.enter()) {
      return;
    }
    try {
      reads.read(reservoir.objects());
    } catch (InterruptedException e) {
      if (stopped == null) {
        throw e;
      }
    } finally {
      reading.exit();
    }
  }

  /// Ends the reads at once, or keeps them from beginning. Any thread may call this.
  ///
  /// @param why a sentence without its full stop
  public void stop(String why) {
    stopped = why;
    reading.cut();
  }

  /// What became of the reads that were not successful, in messages.
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    int chosen = reservoir == null ? 0 : reservoir.objects().size();
    ReadReport report = reads.report().orElse(null);
    reads
        .failure()
        .ifPresent(first ->
            problems.add(
                "%d of %d sample reads failed; the first: %s"
                    .formatted(
                        Objects.requireNonNull(report).failed(), chosen, first.getMessage())));
    int made = reads.made();
    if (made < chosen) {
      problems.add(
          "%d of %d sample reads were not made, because %s"
              .formatted(
                  chosen - made,
                  chosen,
                  Objects.requireNonNullElse(stopped, "several in a row failed")));
    }
    return problems;
  }

  /// The figures so far; empty if nothing was read.
  public Optional<ReadReport> report() {
    return reads.report();
  }
}
