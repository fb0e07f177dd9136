package io.github.lotaprestage.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.SourceException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListingWaitTest {

  private final AtomicLong clock = new AtomicLong(-5);

  /// A source that takes eight seconds for each object.
  private final ListingWait slow =
      new ListingWait(
          new ObjectSource() {
            @Override
            public @Nullable Entry next() {
              clock.addAndGet(Duration.ofSeconds(8).toNanos());
              return ObjectRef.named("b", "k");
            }

            @Override
            public long listed() {
              return 1;
            }

            @Override
            public void close() {}
          },
          clock::get);

  @Test
  void aShardThatMostlyWaitedIsToldHowToListLess() throws SourceException, InterruptedException {
    slow.next();
    slow.next();
    assertThat(slow.hint(Duration.ofSeconds(20)))
        .hasValueSatisfying(
            hint -> assertThat(hint).contains("waited for the listing 80 % ", "--shard-bounds"));
    assertThat(slow.hint(Duration.ofSeconds(40))).isEmpty();
  }

  @Test
  void aShortRunIsNotWorthAHint() throws SourceException, InterruptedException {
    slow.next();
    assertThat(slow.hint(Duration.ofSeconds(9))).isEmpty();
    assertThat(slow.hint(Duration.ofSeconds(10))).isPresent();
  }
}
