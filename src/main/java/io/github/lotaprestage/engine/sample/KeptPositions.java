package io.github.lotaprestage.engine.sample;

import java.util.random.RandomGenerator;

/// The positions of a stream at which a reservoir takes an item, in ascending order. Whatever the
/// length of the stream, each position has the same chance to be in the reservoir at its end.
///
/// The distance to the next position is drawn, so that the items between cost nothing: twenty of
/// ten million take about three hundred draws.
///
/// Source: algorithm L, Kim-Hung Li, "Reservoir-sampling algorithms of time complexity O(n(1 +
/// log(N/n)))", ACM TOMS 20 (4), 1994.
final class KeptPositions {

  private final int size;
  private final RandomGenerator random;
  private double weight = 1;
  private long next;

  /// @param size of the reservoir
  KeptPositions(int size, RandomGenerator random) {
    this.size = size;
    this.random = random;
  }

  /// The next position at which an item is taken, from 0.
  long next() {
    return next;
  }

  /// Goes on to the position after [#next].
  ///
  /// @return the place in the reservoir for the item at [#next]
  int take() {
    boolean filling = next < size;
    int place = filling ? (int) next : random.nextInt(size);
    if (next + 1 < size) {
      next++;
    } else {
      weight *= Math.exp(Math.log(positive()) / size);
      double passed = Math.floor(Math.log(positive()) / Math.log1p(-weight));
      next += 1 + (long) Math.min(passed, Long.MAX_VALUE / 2 - next);
    }
    return place;
  }

  /// Above 0, at most 1.
  private double positive() {
    return 1 - random.nextDouble();
  }
}
