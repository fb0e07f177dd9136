package io.github.lotaprestage.report.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DirectorySumsTest {

  /// A directory and the size of an object in it.
  private record Added(String name, long size) {}

  private static Directories largest(int kept, List<Added> all) {
    DirectorySums sums = new DirectorySums(kept);
    all.forEach(each -> sums.add(each.name(), each.size()));
    return sums.largest(20);
  }

  private static Map<String, Amount> expected(List<Added> all) {
    Map<String, Amount> sums = new HashMap<>();
    all.forEach(each -> sums.merge(each.name(), new Amount(1, each.size()), Amount::plus));
    Map<String, Amount> largest = new LinkedHashMap<>();
    sums.entrySet().stream()
        .sorted(
            Map.Entry.<String, Amount>comparingByValue(
                    Comparator.comparingLong(Amount::bytes).reversed())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(20)
        .forEach(each -> largest.put(each.getKey(), each.getValue()));
    return largest;
  }

  /// Directories with up to three objects each, in order, with objects between them that belong to
  /// the directory which contains them all.
  private static List<Added> ordered(String parent, int directories, Random random) {
    List<Added> all = new ArrayList<>();
    for (int i = 0; i < directories; i++) {
      for (int j = random.nextInt(3); j >= 0; j--) {
        all.add(new Added("%s%06d/".formatted(parent, i), random.nextLong(1L << 40)));
      }
      if (random.nextInt(100) == 0) {
        all.add(new Added(parent, random.nextLong(1L << 20)));
      }
    }
    return all;
  }

  @Test
  void inKeyOrderTheLargestOfAnyNumberAreExact() {
    for (int seed = 0; seed < 20; seed++) {
      List<Added> all = ordered("s3://b/d/", 5000, new Random(seed));
      Directories found = largest(50, all);
      assertThat(found.exact()).isTrue();
      assertThat(List.copyOf(found.largest().entrySet()))
          .isEqualTo(List.copyOf(expected(all).entrySet()));
    }
  }

  @Test
  void ofEqualDirectoriesTheFirstAreShown() {
    List<Added> all = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      all.add(new Added("s3://b/%06d/".formatted(i), 7));
    }
    assertThat(largest(50, all)).isEqualTo(new Directories(expected(all), true));
  }

  @Test
  void severalTargetsMayComeInAnyOrder() {
    List<Added> all = ordered("s3://z/", 2000, new Random(1));
    all.addAll(ordered("s3://b/x/", 2000, new Random(2)));
    all.addAll(ordered("s3://b/d/", 2000, new Random(3)));
    Directories found = largest(50, all);
    assertThat(found.exact()).isTrue();
    assertThat(found.largest()).isEqualTo(expected(all));
  }

  @Test
  void withoutAnOrderFewDirectoriesAreExact() {
    List<Added> all = ordered("s3://b/d/", 100, new Random(1));
    Collections.shuffle(all, new Random(2));
    Directories found = largest(100, all);
    assertThat(found.exact()).isTrue();
    assertThat(found.largest()).isEqualTo(expected(all));
  }

  /// Whether it says that it is exact or not, no amount is too large.
  @Test
  void withoutAnOrderManyDirectoriesAreLowerBounds() {
    int approximate = 0;
    for (int seed = 0; seed < 30; seed++) {
      List<Added> all = ordered("s3://b/d/", 1000, new Random(seed));
      Collections.shuffle(all, new Random(seed));
      Directories found = largest(20 + 20 * (seed % 30), all);
      Map<String, Amount> sums = new HashMap<>();
      all.forEach(each -> sums.merge(each.name(), new Amount(1, each.size()), Amount::plus));
      found
          .largest()
          .forEach((name, amount) -> {
            assertThat(amount.bytes())
                .isLessThanOrEqualTo(Objects.requireNonNull(sums.get(name)).bytes());
            assertThat(amount.objects())
                .isLessThanOrEqualTo(Objects.requireNonNull(sums.get(name)).objects());
          });
      if (found.exact()) {
        assertThat(found.largest()).isEqualTo(expected(all));
      } else {
        approximate++;
      }
    }
    assertThat(approximate).isPositive();
  }

  @Test
  void aLargeDirectoryIsFoundAmongManyInAnyOrder() {
    List<Added> all = ordered("s3://b/d/", 50_000, new Random(1));
    for (int i = 0; i < 1000; i++) {
      all.add(new Added("s3://b/d/zzz/", 1L << 41));
    }
    Collections.shuffle(all, new Random(2));
    assertThat(largest(1000, all).largest())
        .extractingByKey("s3://b/d/zzz/")
        .satisfies(found -> assertThat(found.objects()).isGreaterThan(950));
  }

  @Test
  void longNamesTakeNoMoreMemory() {
    DirectorySums sums = new DirectorySums(10_000);
    for (int i = 0; i < 20_000; i++) {
      sums.add("s3://b/" + "x".repeat(1000) + "%06d/".formatted(i), i);
    }
    assertThat(sums.characters()).isLessThan(4_100_000);
    assertThat(sums.largest(20).exact()).isTrue();
    assertThat(sums.largest(1).largest().keySet()).first().asString().endsWith("019999/");
  }

  @Test
  void sumsBeyondALongStayAtTheLargest() {
    Added half = new Added("s3://b/d/", Long.MAX_VALUE);
    assertThat(largest(10, List.of(half, half, half)).largest())
        .containsExactly(Map.entry("s3://b/d/", new Amount(3, Long.MAX_VALUE)));
  }
}
