package io.github.lotaprestage.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.plan.target.KeyOrder;
import io.github.lotaprestage.plan.target.KeySpan;
import io.github.lotaprestage.plan.target.S3Uri;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeySpanTest {

  private final Random random = new Random(3);

  private String text(int longest) {
    return random
        .ints(random.nextInt(longest + 1), 0, 4)
        .mapToObj(i -> List.of("a", "b", "/", "c").get(i))
        .reduce("", String::concat);
  }

  private @Nullable S3Uri end() {
    return random.nextInt(5) == 0 ? null : new S3Uri("b" + random.nextInt(3), text(4));
  }

  /// A listing of the part below a prefix, against the plain rule for each key.
  @Test
  void thePartBelowAPrefixHasTheKeysOfTheSpan() {
    for (int round = 0; round < 20_000; round++) {
      KeySpan span = new KeySpan(end(), end());
      String bucket = "b" + random.nextInt(3);
      String prefix = text(3);
      String key = prefix + text(3);
      String after = span.firstBelow(bucket, prefix);
      String until = span.lastBelow(bucket, prefix);
      boolean listed =
          !span.misses(bucket, prefix)
              && (after == null || KeyOrder.BY_BYTES.compare(key, after) > 0)
              && (until == null || KeyOrder.BY_BYTES.compare(key, until) <= 0);
      assertThat(listed).as("%s %s in %s", bucket, key, span).isEqualTo(span.contains(bucket, key));
    }
  }

  @Test
  void everyKeyIsInOneShard() {
    for (int round = 0; round < 2000; round++) {
      List<S3Uri> cuts = new ArrayList<>();
      for (int i = random.nextInt(5); i > 0; i--) {
        cuts.add(new S3Uri("b" + random.nextInt(3), text(3)));
      }
      cuts.sort(KeySpan.ORDER);
      ShardBounds bounds = new ShardBounds(List.of(), cuts);
      String bucket = "b" + random.nextInt(4);
      String key = text(4);
      long owners = 0;
      for (int i = 0; i < bounds.count(); i++) {
        owners += bounds.shard(i).contains(bucket, key) ? 1 : 0;
      }
      assertThat(owners).as("%s/%s in %s", bucket, key, cuts).isEqualTo(1);
    }
  }
}
