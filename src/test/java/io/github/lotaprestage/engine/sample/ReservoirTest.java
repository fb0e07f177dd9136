package io.github.lotaprestage.engine.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReservoirTest {

  private static final int KEPT = 20;

  @Test
  void everyPositionHasTheSameChance() {
    int bins = 50;
    int runs = 500;
    int objects = 5_000;
    long[] counts = new long[bins];
    Random random = new Random(42);
    for (int run = 0; run < runs; run++) {
      for (Outcome.Prestaged object : sample(objects, random)) {
        counts[Integer.parseInt(object.object().key()) * bins / objects]++;
      }
    }
    double expected = (double) runs * KEPT / bins;
    double chiSquare = 0;
    for (long count : counts) {
      chiSquare += (count - expected) * (count - expected) / expected;
    }
    // 49 degrees of freedom: below 23.98 or above 85.35 once in a thousand times each
    assertThat(chiSquare).isBetween(23.98, 85.35);
  }

  @Test
  void tenMillionObjectsLeaveTwenty() {
    List<Outcome.Prestaged> kept = sample(10_000_000, new Random(1));
    assertThat(kept).doesNotHaveDuplicates().hasSize(KEPT);
    assertThat(kept)
        .anySatisfy(
            object -> assertThat(Integer.parseInt(object.object().key())).isGreaterThan(5_000_000));
  }

  @Test
  void fewObjectsAreAllKept() {
    assertThat(sample(3, new Random(1))).hasSize(3);
  }

  @Test
  void onlyStagedObjectsAreKept() {
    Reservoir reservoir = new Reservoir(KEPT, new Random(1));
    ObjectRef object = ObjectRef.named("b", "k");
    reservoir.finished(new Outcome.Planned(object));
    reservoir.finished(new Outcome.Skipped(object, Outcome.Reason.JOURNAL, Outcome.Attempts.NONE));
    assertThat(reservoir.objects()).isEmpty();
  }

  private static List<Outcome.Prestaged> sample(int objects, Random random) {
    Reservoir reservoir = new Reservoir(KEPT, random);
    for (int i = 0; i < objects; i++) {
      reservoir.finished(staged(Integer.toString(i)));
    }
    return reservoir.objects();
  }

  private static Outcome.Prestaged staged(String key) {
    return new Outcome.Prestaged(
        ObjectRef.named("b", key), null, Outcome.Attempts.NONE, Duration.ZERO);
  }
}
