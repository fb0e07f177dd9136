package io.github.lotaprestage.report.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.plan.target.Glob;
import io.github.lotaprestage.plan.target.Target;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    add(key, size, NOW.minus(Duration.ofDays(daysAgo)), bucket, storageClass);
  }

  private void add(String key, long size, Instant modified, String bucket, String storageClass) {
    tally.add(new ObjectRef(bucket, key, size, "e", modified, storageClass));
  }

  private StagingPlan plan() {
    return tally.plan(true, Optional.empty(), 0, Optional.empty());
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
        List.of(plan.byStorageClass(), plan.byAge(), plan.bySize(), plan.directories().largest())) {
      assertThat(kind.values().stream().reduce(Amount.NONE, Amount::plus)).isEqualTo(plan.total());
    }
    assertThat(plan.total().objects()).isEqualTo(1000);
    assertThat(plan.largest()).hasSize(10);
  }

  @Test
  void classesAreThoseOfTheStoresPrices() {
    add("b", "d/new", 1, 6, "STANDARD");
    add("b", "d/recent", 4 * MIB, 8, "STANDARD");
    add("b", "d/old", 64 * MIB, 31, "STANDARD_IA");
    StagingPlan plan = plan();
    assertThat(plan.byAge())
        .containsExactly(
            Map.entry("up to 7 days", new Amount(1, 1)),
            Map.entry("7 to 30 days", new Amount(1, 4 * MIB)),
            Map.entry("older than 30 days", new Amount(1, 64 * MIB)));
    assertThat(plan.bySize().keySet())
        .containsExactly("below 4 MiB", "4 to 64 MiB", "64 to 1024 MiB");
    assertThat(plan.below4MiB()).isEqualTo(new Amount(1, 1));
    assertThat(plan.archived()).isEqualTo(new Amount(1, 64 * MIB));
  }

  /// Hot within 7 days, Warm within 30.
  @ParameterizedTest
  @CsvSource({
    "P7D, up to 7 days",
    "P7DT0.001S, 7 to 30 days",
    "P30D, 7 to 30 days",
    "P30DT0.001S, older than 30 days",
    "-PT1H, up to 7 days",
  })
  void theAgeAtAnEdgeBelongsToTheYoungerClass(Duration age, String expected) {
    add("d/k", 1, NOW.minus(age), "b", "STANDARD");
    assertThat(plan().byAge()).containsOnlyKeys(expected);
  }

  @Test
  void anUnknownSizeIsNotZero() {
    add("b", "d/known", 5, 1, "STANDARD");
    tally.add(new ObjectRef("b", "d/unknown", null, "e", NOW, null));
    StagingPlan plan = plan();
    assertThat(plan.unknownSizes()).isEqualTo(1);
    assertThat(plan.total()).isEqualTo(new Amount(2, 5));
    assertThat(plan.bySize())
        .containsExactly(
            Map.entry("below 4 MiB", new Amount(1, 5)), Map.entry("unknown", new Amount(1, 0)));
    assertThat(plan.byStorageClass()).containsOnlyKeys("STANDARD", "unknown");
    assertThat(plan.below4MiB()).isEqualTo(new Amount(1, 5));
    assertThat(plan.largest()).extracting(ObjectRef::key).containsExactly("d/known");
    assertThat(plan.costAssumptions()).last().asString().contains("unknown size");
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
    "92233720368547758070, 1889785610.24",
  })
  void costsAreExactToTheCent(BigInteger bytes, String usd) {
    assertThat(Cost.of(bytes)).isEqualTo(usd);
  }

  @Test
  void archivedObjectsAreNotPriced() {
    for (int i = 0; i < 60; i++) {
      add("b", "d/" + i, 1, 100, "CLASS" + i);
    }
    add("b", "d/a", 100L << 30, 100, "STANDARD");
    add("b", "d/b", 500L << 30, 100, "STANDARD_IA");
    assertThat(plan().cost()).isEqualTo("2.20");
    assertThat(plan().byStorageClass()).hasSize(51);
  }

  @Test
  void aBoundContainsWhatIsBeyondALong() {
    for (int i = 0; i < 4; i++) {
      add("b", "d/" + i, Long.MAX_VALUE, 100, "STANDARD");
    }
    StagingPlan plan = tally.plan(true, Optional.empty(), 1L << 60, Optional.empty());
    assertThat(plan.total()).isEqualTo(new Amount(4, Long.MAX_VALUE));
    assertThat(plan.exactBytes()).isEqualTo(BigInteger.valueOf(Long.MAX_VALUE).shiftLeft(2));
    assertThat(plan.cost()).isEqualTo("755914244.10");
    assertThat(plan.atFillRate()).contains(Duration.ofSeconds(32));
  }

  @Test
  void directoriesAreThoseRightBelowATarget() {
    add("b", "d/x/1/2", 1, 1, "STANDARD");
    add("b", "d/x/3", 2, 1, "STANDARD");
    add("b", "d/4", 5, 1, "STANDARD");
    add("c", "y/z/1", 7, 1, "STANDARD");
    add("e", "named/1", 1, 1, "STANDARD");
    add("e", "d/x/1", 1, 1, "STANDARD");
    assertThat(plan().directories().largest())
        .containsExactly(
            Map.entry("s3://c/y/", new Amount(1, 7)),
            Map.entry("s3://b/d/", new Amount(1, 5)),
            Map.entry("s3://b/d/x/", new Amount(2, 3)),
            Map.entry("s3://e/d/", new Amount(1, 1)),
            Map.entry("s3://e/named/", new Amount(1, 1)));
  }

  @Test
  void theFirstTargetThatCoversAnObjectCounts() {
    PlanTally overlapping =
        new PlanTally(
            List.of(
                new Target.Listed("b", "d/x/", Optional.of(new Glob("d/x/*.tar"))),
                Target.Listed.below("b", ""),
                Target.Listed.below("b", "d/x/y/")),
            NOW);
    overlapping.add(new ObjectRef("b", "d/x/y/z/1.tar", 3L, "e", NOW, "STANDARD"));
    overlapping.add(new ObjectRef("b", "d/x/y/z/1.txt", 2L, "e", NOW, "STANDARD"));
    assertThat(
            overlapping.plan(true, Optional.empty(), 0, Optional.empty()).directories().largest())
        .containsExactly(
            Map.entry("s3://b/d/x/y/", new Amount(1, 3)), Map.entry("s3://b/d/", new Amount(1, 2)));
  }

  @Test
  void theOrderOfTheObjectsDoesNotMatter() {
    for (int i = 20; i > 0; i--) {
      add("b", "d/%02d".formatted(i), 7, 1, "STANDARD");
    }
    assertThat(plan().largest())
        .extracting(ObjectRef::key)
        .startsWith("d/01", "d/02")
        .endsWith("d/10");
  }
}
