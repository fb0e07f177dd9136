package io.github.lotaprestage.engine.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Twenty of many positions, many times over: all parts of the stream are chosen equally often.
class KeptPositionsTest {

  private static final int KEPT = 20;
  private static final int RUNS = 2_000;
  private static final int BINS = 50;

  @ParameterizedTest
  @ValueSource(longs = {1_000, 10_000_000, 10_000_000_000L})
  void everyPositionHasTheSameChance(long length) {
    long[] counts = new long[BINS];
    Random random = new Random(42);
    for (int run = 0; run < RUNS; run++) {
      for (long position : kept(length, random)) {
        counts[(int) (position / (length / BINS))]++;
      }
    }
    double expected = (double) RUNS * KEPT / BINS;
    double chiSquare = 0;
    for (long count : counts) {
      chiSquare += (count - expected) * (count - expected) / expected;
    }
    // 49 degrees of freedom: below 23.98 or above 85.35 once in a thousand times each
    assertThat(chiSquare).isBetween(23.98, 85.35);
  }

  private static long[] kept(long length, Random random) {
    KeptPositions positions = new KeptPositions(KEPT, random);
    long[] kept = new long[KEPT];
    int draws = 0;
    for (long at = positions.next(); at < length; at = positions.next()) {
      kept[positions.take()] = at;
      assertThat(positions.next()).isGreaterThan(at);
      draws++;
    }
    assertThat(draws).isBetween(KEPT, 1_000);
    return kept;
  }
}
