package io.github.lotaprestage.report.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.plan.target.Target;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTallyTest {

  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final long MIB = 1L << 20;

  private final PlanTally tally =
      new PlanTally(List.of(Target.Listed.below("b", "d/"), Target.Listed.below("c", "")), NOW);

  private void add(String bucket, String key, long size, int daysAgo, String storageClass) {
    tally.add(
        new ObjectRef(bucket, key, size, "e", NOW.minus(Duration.ofDays(daysAgo)), storageClass));
  }

  private StagingPlan plan() {
    return tally.plan(OptionalLong.empty(), true, 0, Optional.empty());
  }

  @Test
  void everyObjectIsInOneClassOfEachKind() {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      add(
          random.nextBoolean() ? "b" : "c",
          "d/" + random.nextInt(5) + "/k" + i,
          random.nextLong(1L << random.nextInt(50)),
          random.nextInt(60),
          random.nextBoolean() ? "STANDARD" : "STANDARD_IA");
    }
    StagingPlan plan = plan();
    for (Map<String, Amount> kind :
        List.of(plan.byStorageClass(), plan.byAge(), plan.bySize(), plan.byDirectory())) {
      assertThat(kind.values().stream().reduce(Amount.NONE, Amount::plus)).isEqualTo(plan.total());
    }
    assertThat(plan.total().objects()).isEqualTo(1000);
    assertThat(plan.largest()).hasSize(10);
  }

  @Test
  void classesAreThoseOfTheStoresPrices() {
    add("b", "d/new", 1, 6, "STANDARD");
    add("b", "d/recent", 4 * MIB, 7, "STANDARD");
    add("b", "d/old", 64 * MIB, 31, "STANDARD_IA");
    tally.add(ObjectRef.named("b", "d/unknown"));
    StagingPlan plan = plan();
    assertThat(plan.byAge())
        .containsExactly(
            Map.entry("up to 7 days", new Amount(1, 1)),
            Map.entry("8 to 30 days", new Amount(1, 4 * MIB)),
            Map.entry("older than 30 days", new Amount(1, 64 * MIB)),
            Map.entry("unknown", new Amount(1, 0)));
    assertThat(plan.bySize().keySet())
        .containsExactly("below 4 MiB", "4 to 64 MiB", "64 MiB to 1 GiB");
    assertThat(plan.below4MiB()).isEqualTo(new Amount(2, 1));
    assertThat(plan.archived()).isEqualTo(new Amount(1, 64 * MIB));
  }

  /// By hand: GiB x ((7 x 0.06 + 23 x 0.03) / 30 - 0.015) = GiB x 0.022.
  @ParameterizedTest
  @CsvSource({
    "0, 0.00",
    "1073741824, 0.02",
    "107374182400, 2.20",
    "1099511627776, 22.53",
    "244032232, 0.00",
    "244032233, 0.01",
    "9223372036854775807, 188978561.02",
  })
  void costsAreExactToTheCent(long bytes, String usd) {
    assertThat(PlanTally.cost(bytes)).isEqualTo(usd);
  }

  @Test
  void archivedObjectsAreNotPriced() {
    add("b", "d/a", 100L << 30, 100, "STANDARD");
    add("b", "d/b", 500L << 30, 100, "STANDARD_IA");
    assertThat(plan().cost()).isEqualTo("2.20");
  }

  @Test
  void directoriesAreThoseRightBelowATarget() {
    add("b", "d/x/1/2", 1, 1, "STANDARD");
    add("b", "d/x/3", 2, 1, "STANDARD");
    add("b", "d/4", 5, 1, "STANDARD");
    add("c", "y/z/1", 7, 1, "STANDARD");
    add("e", "named/1", 1, 1, "STANDARD");
    assertThat(plan().byDirectory())
        .containsExactly(
            Map.entry("s3://c/y/", new Amount(1, 7)),
            Map.entry("s3://b/d/", new Amount(1, 5)),
            Map.entry("s3://b/d/x/", new Amount(2, 3)),
            Map.entry("s3://e/named/", new Amount(1, 1)));
  }

  @Test
  void millionsOfDirectoriesTakeBoundedMemory() {
    for (int i = 0; i < 100_000; i++) {
      add("b", "d/" + i + "/k", i, 1, "STANDARD");
    }
    assertThat(plan().byDirectory()).hasSize(20);
    assertThat(plan().moreDirectories()).isPositive();
  }

  @Test
  void theTextFitsOnAScreen() throws IOException {
    add("b", "d/x/1", 3L << 30, 1, "STANDARD");
    add("b", "d/y/2\n", 1L << 30, 40, "STANDARD_IA");
    StringBuilder text = new StringBuilder();
    PlanText.write(
        tally.plan(OptionalLong.of(8L << 30), true, 1L << 30, Optional.of(Duration.ofSeconds(3))),
        text);
    assertThat(text)
        .hasToString(
            """
            by storage class:
                 3.0 GiB       1 objects  STANDARD
                 1.0 GiB       1 objects  STANDARD_IA
            by last change:
                 3.0 GiB       1 objects  up to 7 days
                 1.0 GiB       1 objects  older than 30 days
            by size:
                 4.0 GiB       2 objects  1 to 16 GiB
            by directory:
                 3.0 GiB       1 objects  s3://b/d/x/
                 1.0 GiB       1 objects  s3://b/d/y/
            largest:
                 3.0 GiB  s3://b/d/x/1
                 1.0 GiB  s3://b/d/y/2\\n
            cache: [####################....................] 50 % of 8.0 GiB
            time: at least 4.000 s at --max-fill-rate, which would not fit into 3.000 s
            cost: at most 0.07 USD more in the 30 days after staging. Assumptions:
              Every object is Cold now and is not read again for 30 days.
              So it is Hot for 7 days and Warm for 23, instead of Cold for 30.
              List prices per GiB and 30 days: 0.06 USD Hot, 0.03 Warm, 0.015 Cold.
              STANDARD_IA is not included.
            archive: 1 objects, 1.0 GiB are STANDARD_IA; what staging does to them is not documented
            """);
  }

  @Test
  void anEmptyPlanIsNotShown() throws IOException {
    StringBuilder text = new StringBuilder();
    PlanText.write(plan(), text);
    assertThat(text).isEmpty();
  }
}
