package io.github.lotaprestage.source.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.plan.target.KeyOrder;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// In virtual time: see [ListingModel].
@Timeout(120)
class ParallelListingTest {

  private static final int PAGE = 100;

  static List<String> layouts() {
    return ListingModel.layouts();
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void everyKeyComesOnceAndTheLimitIsKept(String layout) throws Exception {
    Random random = new Random(layout.hashCode());
    for (int concurrency : new int[] {1, 2, 16, 100}) {
      List<String> keys = ListingModel.keys(layout, 1 + random.nextInt(4000));
      int page = 1 + random.nextInt(PAGE);
      ListingModel.Run run = ListingModel.run(keys, page, concurrency, false);
      assertThat(run.keys()).hasSameSizeAs(keys).containsExactlyInAnyOrderElementsOf(keys);
      assertThat(run.most()).isLessThanOrEqualTo(concurrency);
      ListingModel.Run ordered = ListingModel.run(keys, page, concurrency, true);
      assertThat(ordered.keys()).isEqualTo(keys);
      assertThat(ordered.most()).isLessThanOrEqualTo(concurrency);
    }
  }

  /// Keys that are made of a few odd pieces, so that directories end, begin and nest everywhere.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void oddKeysComeOnce(boolean ordered) throws Exception {
    for (int seed = 0; seed < 150; seed++) {
      List<String> keys = ListingModel.oddKeys(seed);
      Random random = new Random(seed);
      int page = 1 + random.nextInt(40);
      int concurrency = 2 + random.nextInt(40);
      ListingModel.Run run = ListingModel.run(keys, page, concurrency, ordered);
      assertThat(run.keys())
          .as("seed %d", seed)
          .hasSameSizeAs(keys)
          .containsExactlyInAnyOrderElementsOf(keys);
      assertThat(run.most()).as("seed %d", seed).isLessThanOrEqualTo(concurrency);
      double pages = Math.ceil(keys.size() / (double) page);
      assertThat((double) run.lists()).as("seed %d", seed).isLessThanOrEqualTo(30 + 1.5 * pages);
    }
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void onePageIsOneRequest(String layout) throws Exception {
    assertThat(ListingModel.run(ListingModel.keys(layout, PAGE), PAGE, 16, false).lists())
        .isEqualTo(1);
  }

  /// With 16 requests at once, 200 pages take at least 13 ticks.
  @ParameterizedTest
  @CsvSource({
    "numbers, 24",
    "one deep directory, 30",
    "just enough digits, 24",
    "numbers without zeros in front, 26",
    "100 directories of numbers, 28",
    "UUIDs, 26",
    "hashes in directories, 24",
    "a directory for each object, 26"
  })
  void twoHundredPagesNeedFewMoreRequests(String layout, int ticks) throws Exception {
    List<String> keys = ListingModel.keys(layout, 200 * PAGE);
    ListingModel.Run run = ListingModel.run(keys, PAGE, 16, false);
    assertThat(run.ticks()).isLessThanOrEqualTo(ticks);
    assertThat(run.lists()).isLessThanOrEqualTo(200 * 13 / 10);
  }

  /// In key order, pages of later ranges wait for the reader, and only so many may.
  @ParameterizedTest
  @CsvSource({"numbers, 27", "100 directories of numbers, 80", "checkpoints, 80", "UUIDs, 60"})
  void keysInOrderNeedFewMoreRequests(String layout, int ticks) throws Exception {
    List<String> keys = ListingModel.keys(layout, 200 * PAGE);
    ListingModel.Run run = ListingModel.run(keys, PAGE, 16, true);
    assertThat(run.ticks()).isLessThanOrEqualTo(ticks);
    assertThat(run.lists()).isLessThanOrEqualTo(280);
  }

  /// If the first range were cut into a few long parts, those ahead would fill the memory for pages
  /// and then wait, while the reader got the pages of the first part one at a time.
  @ParameterizedTest
  @CsvSource({"numbers, 83", "UUIDs, 175"})
  void aLongListingInOrderIsCutNearTheReader(String layout, int ticks) throws Exception {
    List<String> keys = ListingModel.keys(layout, 1000 * PAGE);
    ListingModel.Run run = ListingModel.run(keys, PAGE, 16, true);
    assertThat(run.keys()).isEqualTo(keys);
    assertThat(run.ticks()).isLessThanOrEqualTo(ticks);
    assertThat(run.lists()).isLessThanOrEqualTo(1150);
  }

  /// Each chain of directories has only one inside another. A search that went to the end of each
  /// would take thousands of LISTs; how many it takes depends on which of them are answered first.
  @ParameterizedTest
  @ValueSource(ints = {1, 200})
  void deepDirectoriesNeedFewMoreRequests(int depth) throws Exception {
    List<String> keys =
        IntStream.range(0, 30_000)
            .mapToObj(i -> "data/c%02d/".formatted(i / 1000) + "x/".repeat(depth) + i % 1000)
            .sorted(KeyOrder.BY_BYTES)
            .toList();
    for (boolean ordered : new boolean[] {false, true}) {
      ListingModel.Run run = ListingModel.run(keys, PAGE, 16, ordered);
      assertThat(run.keys()).hasSize(30_000).doesNotHaveDuplicates();
      assertThat(run.lists()).isLessThanOrEqualTo(750);
    }
  }
}
