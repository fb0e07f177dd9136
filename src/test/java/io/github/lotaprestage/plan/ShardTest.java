package io.github.lotaprestage.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardTest {

  /// From Python: `int.from_bytes(hashlib.sha256(b"bucket/key").digest()[:8], "big")`.
  @ParameterizedTest
  @CsvSource({
    "bucket, key, 764828045076354819",
    "b, datasets/imagenet/shard-000017.tar, 12507849701906185594",
    "b, ünï 😀, 16922851293717577533",
  })
  void theHashNeverChanges(String bucket, String key, String expected) {
    assertThat(Long.toUnsignedString(Shard.hash(bucket, key))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16, 256})
  void eachKeyBelongsToExactlyOneShard(int count) {
    for (int i = 0; i < 500; i++) {
      String key = "d/k" + i;
      assertThat(
              IntStream.range(0, count)
                  .filter(index -> new Shard(index, count).contains("b", key))
                  .count())
          .isEqualTo(1);
    }
  }

  @Test
  void shardsAreBalanced() {
    int count = 16;
    long[] sizes = new long[count];
    for (int i = 0; i < 160_000; i++) {
      sizes[(int) Long.remainderUnsigned(Shard.hash("b", "shard-%06d.tar".formatted(i)), count)]++;
    }
    assertThat(LongStream.of(sizes).boxed())
        .allSatisfy(size -> assertThat(size).isBetween(9_500L, 10_500L));
  }
}
