package io.github.lotaprestage.records.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.plan.Shard;
import io.github.lotaprestage.plan.ShardBounds;
import io.github.lotaprestage.plan.target.S3Uri;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeySketchTest {

  private record Item(String key, long bytes) {}

  /// The bytes of each shard; every key is in exactly one.
  private static List<Long> shares(List<Item> items, List<S3Uri> cuts) {
    List<Shard> shards =
        IntStream.rangeClosed(0, cuts.size())
            .mapToObj(new ShardBounds(List.of(), cuts)::shard)
            .toList();
    long[] shares = new long[shards.size()];
    for (Item item : items) {
      List<Shard> owners =
          shards.stream().filter(shard -> shard.contains("b", item.key())).toList();
      assertThat(owners).as(item.key()).hasSize(1);
      shares[owners.getFirst().index()] += item.bytes();
    }
    return LongStream.of(shares).boxed().toList();
  }

  @ParameterizedTest
  @CsvSource({"2, false", "16, false", "16, true", "100, true"})
  void rangesHaveAboutEqualBytesInAnyOrderOfTheKeys(int ranges, boolean shuffled) {
    Random random = new Random(5);
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < 60_000; i++) {
      items.add(new Item("d/%06d".formatted(i), random.nextInt(1, i < 20_000 ? 1_000_000 : 1000)));
    }
    if (shuffled) {
      Collections.shuffle(items, random);
    }
    KeySketch sketch = new KeySketch(ranges);
    items.forEach(item -> sketch.add("b", item.key(), item.bytes()));
    double even = items.stream().mapToLong(Item::bytes).sum() / (double) ranges;
    assertThat(shares(items, sketch.cuts()))
        .hasSize(ranges)
        .allSatisfy(share -> assertThat(share / even).isBetween(0.93, 1.07));
  }

  @Test
  void oneHugeObjectHasARangeOfItsOwn() {
    KeySketch sketch = new KeySketch(3);
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      items.add(new Item("k%03d".formatted(i), i == 50 ? 1_000_000 : 1));
    }
    items.forEach(item -> sketch.add("b", item.key(), item.bytes()));
    assertThat(shares(items, sketch.cuts())).containsExactlyInAnyOrder(50L, 1_000_000L, 49L);
  }

  @Test
  void thereMayBeFewerKeysThanRanges() {
    KeySketch sketch = new KeySketch(5);
    sketch.add("b", "only", 7);
    assertThat(sketch.cuts()).hasSize(4);
    assertThat(
            shares(List.of(new Item("only", 7), new Item("a", 1), new Item("z", 1)), sketch.cuts()))
        .hasSize(5);
    assertThat(new KeySketch(1).isEmpty()).isTrue();
  }

  @Test
  void sumsDoNotOverflow() {
    KeySketch sketch = new KeySketch(2);
    List.of("a", "b", "c", "d").forEach(key -> sketch.add("b", key, Long.MAX_VALUE / 2));
    assertThat(sketch.cuts()).hasSize(1);
  }

  @Test
  void cutsContainNoCharactersWhoseOrderIsDisputed() {
    KeySketch sketch = new KeySketch(4);
    for (int i = 0; i < 100; i++) {
      sketch.add("b", "é" + i % 4 + "\ud83d\ude00" + i, 10);
    }
    assertThat(sketch.cuts())
        .extracting(S3Uri::key)
        .allSatisfy(key -> assertThat(key).matches("é[0-3]"));
  }
}
