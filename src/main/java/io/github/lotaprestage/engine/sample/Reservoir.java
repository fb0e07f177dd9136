package io.github.lotaprestage.engine.sample;

import io.github.lotaprestage.engine.Prestager;
import io.github.lotaprestage.object.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Keeps some of the objects that a run stages. Each has the same chance, however many there are.
public final class Reservoir implements Prestager.Listener {

  private final KeptPositions positions;
  private final List<Outcome.Prestaged> kept = new ArrayList<>();
  private long seen;

  /// @param size how many objects are kept
  public Reservoir(int size, RandomGenerator random) {
    this.positions = new KeptPositions(size, random);
  }

  @Override
  public synchronized void finished(Outcome outcome) {
    if (!(outcome instanceof Outcome.Prestaged done)) {
      return;
    }
    if (seen++ != positions.next()) {
      return;
    }
    int place = positions.take();
    if (place == kept.size()) {
      kept.add(done);
    } else {
      kept.set(place, done);
    }
  }

  /// The objects that are kept now.
  public synchronized List<Outcome.Prestaged> objects() {
    return List.copyOf(kept);
  }
}
