package io.github.lotaprestage.engine.sample;

import io.github.lotaprestage.engine.Prestager;
import io.github.lotaprestage.object.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Keeps some of the objects that a run stages. Each has the same chance, however many there are.
public final class Reservoir implements Prestager.Listener {

  private final int size;
  private final RandomGenerator random;
  private final List<Outcome.Prestaged> kept = new ArrayList<>();
  private long seen;

  /// @param size how many objects are kept
  public Reservoir(int size, RandomGenerator random) {
    this.size = size;
    this.random = random;
  }

  /// Keeps the object in place of a random one, with the probability that is right for the number
  /// of objects so far (algorithm R).
  @Override
  public synchronized void finished(Outcome outcome) {
    if (!(outcome instanceof Outcome.Prestaged done)) {
      return;
    }
    seen++;
    if (kept.size() < size) {
      kept.add(done);
      return;
    }
    long position = random.nextLong(seen);
    if (position < size) {
      kept.set((int) position, done);
    }
  }

  /// The objects that are kept now.
  public synchronized List<Outcome.Prestaged> objects() {
    return List.copyOf(kept);
  }
}
