package io.github.lotaprestage.report.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.plan.target.Target;
import io.github.lotaprestage.report.format.Columns;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTextTest {

  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final long GIB = 1L << 30;

  private final PlanTally tally = new PlanTally(List.of(Target.Listed.below("b", "d/")), NOW);

  private void add(String key, long size, int daysAgo, String storageClass) {
    Instant modified = NOW.minus(Duration.ofDays(daysAgo));
    tally.add(new ObjectRef("b", key, size, "e", modified, storageClass));
  }

  private void addUnknown(String key) {
    tally.add(new ObjectRef("b", key, null, "e", null, "STANDARD"));
  }

  private int columns = Integer.MAX_VALUE;

  private String text(boolean complete, long capacity, long used, long rate, int limitSeconds)
      throws IOException {
    StringBuilder text = new StringBuilder();
    StagingPlan plan =
        tally.plan(
            complete,
            capacity == 0
                ? Optional.empty()
                : Optional.of(new StagingPlan.Cache(capacity, used, used > capacity)),
            rate,
            limitSeconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(limitSeconds)));
    PlanText.write(plan, columns, text);
    return PlanText.total(plan) + "\n" + text;
  }

  private String text() throws IOException {
    return text(true, 0, 0, 0, 0);
  }

  @Test
  void aPlan() throws IOException {
    add("d/x/1", 3 * GIB, 1, "STANDARD");
    add("d/y/2\n", GIB, 40, "STANDARD_IA");
    assertThat(text(true, 8 * GIB, 4 * GIB, GIB, 3))
        .isEqualTo(
            """
            4.0 GiB to stage
            by size:                      objects  by storage class:                 objects
              1 to 16 GiB       4.0 GiB         2    STANDARD              3.0 GiB         1
                                                     STANDARD_IA           1.0 GiB         1
                                                   by last change:
                                                     up to 7 days          3.0 GiB         1
                                                     older than 30 days    1.0 GiB         1
            by directory:
                 3.0 GiB          1 object  s3://b/d/x/
                 1.0 GiB          1 object  s3://b/d/y/
            largest:
                 3.0 GiB  s3://b/d/x/1
                 1.0 GiB  s3://b/d/y/2\\n
            cache: [###############...............] 50 % of 8.0 GiB, it fits
            time: about 4 s at --max-fill-rate; would not fit into 3 s
            cost: at most 0.07 USD more in the 30 days after staging. Assumptions:
              Every object is Cold now and is not read again for 30 days.
              So it is Hot for 7 days and Warm for 23, instead of Cold for 30.
              USD per GiB and 30 days (list, 2026-11-25): Hot 0.06, Warm 0.03, Cold 0.015.
              STANDARD_IA is not included.
            archive: 1 object, 1.0 GiB in STANDARD_IA. CoreWeave does not document
              what staging does to these objects or to their price.
            """);
  }

  @Test
  void aPartOfAPlanPromisesNothing() throws IOException {
    add("d/x/1", 3 * GIB, 1, "STANDARD");
    assertThat(text(false, 8 * GIB, 3 * GIB, GIB, 600))
        .startsWith(
            """
            3.0 GiB to stage
            This is only a part of the plan, because the run ended before all was known.
            """)
        .contains(
            """
            cache: [###########...................] 37 % of 8.0 GiB
              Whether everything fits is unknown, because there may be more objects.
            time: about 3 s at --max-fill-rate
              Whether everything fits into 10 min is unknown, because there may be more objects.
            cost: unknown, because there may be more objects.
            """)
        .doesNotContain("at most", "it fits");
    assertThat(text(false, 2 * GIB, 3 * GIB, GIB, 2))
        .contains("151 % of 2.0 GiB, it does not fit", "would not fit into 2 s");
  }

  @Test
  void unknownSizesAreInNoBound() throws IOException {
    add("d/x/1", 100 * GIB, 1, "STANDARD");
    addUnknown("d/x/2");
    assertThat(text(true, 1000 * GIB, 100 * GIB, GIB, 600))
        .startsWith("100.0 GiB to stage, without 1 object of unknown size\n")
        .contains(
            "  Whether everything fits is unknown, because 1 object may have any size.\n",
            "cost: at most 2.20 USD",
            "\n  Objects of unknown size are not included.\n")
        .doesNotContain("it fits", "fits into 10 min;");
  }

  @Test
  void onlyUnknownSizesHaveNoBound() throws IOException {
    addUnknown("d/x/2");
    assertThat(text())
        .contains("cost: unknown, because 1 object may have any size.\n")
        .doesNotContain("at most", "largest:");
  }

  @Test
  void onlyArchivedObjectsHaveNoPrice() throws IOException {
    add("d/x/1", GIB, 1, "STANDARD_IA");
    assertThat(text()).contains("archive: 1 object, 1.0 GiB in STANDARD_IA").doesNotContain("cost");
  }

  @Test
  void nothingToStageFits() throws IOException {
    assertThat(text()).isEqualTo("0 B to stage\n");
    assertThat(text(true, 8 * GIB, 0, 0, 0))
        .isEqualTo(
            """
            0 B to stage
            cache: [..............................] 0 % of 8.0 GiB, it fits
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1; 1000; [#.............................] 0 % of 1000 B, it fits",
        "500; 1000; [###############...............] 50 % of 1000 B, it fits",
        "999; 1000; [#############################.] 99 % of 1000 B, it fits",
        "1000; 1000; [##############################] 100 % of 1000 B, it fits",
        "1001; 1000; [#############################|#] 101 % of 1000 B, it does not fit",
        "3000; 1000; [##########|####################] 301 % of 1000 B, it does not fit",
        "12000; 1000; [##|############################] 12 times 1000 B, it does not fit",
        "9223372036854775807; 1; [|##############################] 1000+ times 1 B, it does not fit",
      })
  void theBarShowsHowFullTheCacheIs(long used, long capacity, String shown) throws IOException {
    add("d/k", used, 1, "STANDARD");
    assertThat(text(true, capacity, used, 0, 0)).contains("cache: " + shown + "\n");
  }

  @Test
  void whatTheJournalHoldsIsInTheCacheToo() throws IOException {
    add("d/k", GIB, 1, "STANDARD");
    assertThat(text(true, 8 * GIB, 4 * GIB, 0, 0))
        .contains("50 % of 8.0 GiB, it fits\n  3.0 GiB of that are staged already");
  }

  @Test
  void theLargestNumbersAreWhole() throws IOException {
    add("d/k", Long.MAX_VALUE, 1, "STANDARD");
    add("d/l", Long.MAX_VALUE, 1, "STANDARD");
    assertThat(text())
        .contains("16.0 EiB to stage\n", "largest:\n     8.0 EiB  s3://b/d/k\n")
        .contains("cost: at most 377,957,122.05 USD more");
  }

  @Test
  void aSmallCostIsNotNone() throws IOException {
    add("d/k", 1, 1, "STANDARD");
    assertThat(text()).contains("cost: less than 0.01 USD more");
  }

  /// Every line that there is, and names that are long, wide, or both.
  @Test
  void everythingFitsOnAScreen() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 3000; i++) {
      String name =
          i % 3 == 0 ? "日本語😀".repeat(20) : i % 3 == 1 ? "\n\u202e".repeat(60) : "x".repeat(900);
      add(
          "d/" + name + i % 50 + "/" + name,
          random.nextLong(1L << (20 + i % 24)),
          random.nextInt(60),
          List.of("STANDARD", "STANDARD_IA", "INTELLIGENT_TIERING", "日".repeat(100), "E", "F")
              .get(random.nextInt(6)));
    }
    addUnknown("d/" + "é".repeat(400));
    for (boolean complete : new boolean[] {true, false}) {
      columns = 80;
      String text = text(complete, 100 * GIB, 1L << 60, 1, 1_000_000);
      assertThat(text.lines()).allSatisfy(this::fits).hasSizeLessThanOrEqualTo(40);
      columns = 40;
      text = text(complete, 100 * GIB, 1L << 60, 1, 1_000_000);
      assertThat(text.substring(text.indexOf("by size:"), text.indexOf("by directory:")).lines())
          .hasSizeGreaterThan(10)
          .allSatisfy(this::fits);
      assertThat(text.substring(text.indexOf("largest:"), text.indexOf("cache:")).lines())
          .hasSize(6)
          .allSatisfy(this::fits);
    }
  }

  private void fits(String line) {
    assertThat(Columns.width(line)).as(line).isLessThanOrEqualTo(columns);
  }

  @Test
  void elsewhereNamesAreWhole() throws IOException {
    String name = "d/" + "x".repeat(500);
    add(name + "/k", GIB, 1, "STANDARD");
    assertThat(text()).contains("s3://b/" + name + "/\n", "s3://b/" + name + "/k\n");
  }
}
