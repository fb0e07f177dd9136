package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.FaultMix;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Result;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Thousands of objects through a store that fails by chance: no key is lost, nothing is sent again
/// once it worked, and the numbers are true. A failure names its seed; `scripts/test
/// -Dtest=FaultSuiteTest -Dlota.prestage.seed=SEED` repeats it.
@Timeout(180)
class FaultSuiteTest {

  private static final String BUCKET = "bucket";

  @ParameterizedTest(name = "{0} objects: {1} errors, {2} cut, {3} stalled, {4} late")
  @CsvSource({
    "10000, 0.2, 0.1, 0, 0",
    "3000, 0.02, 0.01, 0.005, 0.3",
    "1000, 0, 0.3, 0, 0",
    "1000, 0.3, 0, 0, 0.1",
  })
  void everyKeyIsStagedOnceAndTheNumbersAreTrue(
      int objects, double errors, double cuts, double stalls, double delays) {
    long seed = Long.getLong("lota.prestage.seed", ThreadLocalRandom.current().nextLong());
    FaultMix mix = new FaultMix(seed, errors, cuts, stalls, delays);
    MemoryOrigin origin = new MemoryOrigin().bucket(BUCKET);
    long requests = 0;
    long throttled = 0;
    Set<String> expected = new HashSet<>();
    for (int i = 0; i < objects; i++) {
      String key = "k%05d".formatted(i);
      origin.put(BUCKET, key, 1 + i % 7);
      requests += mix.attempts(BUCKET, key);
      throttled += mix.throttled(BUCKET, key);
      expected.add("s3://" + BUCKET + "/" + key);
    }
    try (LotaEmulator lota = LotaEmulator.before(origin).keepNothing().faults(mix).start()) {
      Result result = Cli.at(lota).json("--max-attempts 60 --attempt-timeout 5s s3://bucket");
      String story = "-Dlota.prestage.seed=" + seed;
      JsonNode summary = result.summary();
      result.exits(0);
      assertThat(summary.get("selected").asInt()).as(story).isEqualTo(objects);
      assertThat(summary.get("prestaged").asInt()).as(story).isEqualTo(objects);
      result.objects(objects);
      assertThat(lota.seen().successes().keySet()).as(story).isEqualTo(expected);
      assertThat(lota.seen().successes().values().stream().mapToInt(AtomicInteger::get))
          .as(story)
          .containsOnly(1);
      assertThat(lota.seen().rangedHeads()).as(story).isEqualTo(requests);
      // What fails on a kept connection before any answer is sent again without being a retry.
      assertThat(summary.get("retries").asLong())
          .as(story)
          .isBetween(cuts == 0 ? requests - objects : throttled, requests - objects);
      assertThat(summary.get("throttled").asLong()).as(story).isEqualTo(throttled);
    }
  }
}
