package io.github.lotaprestage.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lotaprestage.engine.FakeSource;
import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.SourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LargestFirstTest {

  private static ObjectRef object(long size) {
    return new ObjectRef("bucket", "k" + size, size, null, null, null);
  }

  private static FakeSource sizes(long... sizes) {
    return new FakeSource(LongStream.of(sizes).mapToObj(LargestFirstTest::object).toList());
  }

  private static List<Entry> rest(LargestFirst source) throws Exception {
    List<Entry> entries = new ArrayList<>();
    for (Entry entry = source.next(); entry != null; entry = source.next()) {
      entries.add(entry);
    }
    return entries;
  }

  /// A source that tells when it is asked for more than it has: all it had is in the window then.
  private record Exhausted(FakeSource source, CountDownLatch told) implements ObjectSource {
    Exhausted(FakeSource source) {
      this(source, new CountDownLatch(1));
    }

    @Override
    public @Nullable Entry next() throws SourceException {
      Entry entry = source.next();
      if (entry == null) {
        told.countDown();
      }
      return entry;
    }

    @Override
    public long listed() {
      return source.listed();
    }

    @Override
    public void close() {}
  }

  @Test
  void whatIsInTheWindowComesBySize() throws Exception {
    Exhausted source = new Exhausted(sizes(5, 1, 3, 9, 2, 8));
    try (LargestFirst largestFirst = new LargestFirst(source, 10, Duration.ZERO)) {
      Entry first = largestFirst.next();
      source.told().await();
      assertThat(rest(largestFirst))
          .hasSize(5)
          .doesNotContain(first)
          .isSortedAccordingTo(
              Comparator.comparing((Entry entry) -> ((ObjectRef) entry).key()).reversed());
    }
  }

  @Test
  void aListingThatFitsIntoTheWindowIsWaitedFor() throws Exception {
    try (LargestFirst largestFirst =
        new LargestFirst(sizes(5, 1, 3, 9, 2, 8), 10, Duration.ofDays(1))) {
      assertThat(rest(largestFirst))
          .extracting(entry -> ((ObjectRef) entry).size())
          .containsExactly(9L, 8L, 5L, 3L, 2L, 1L);
    }
  }

  @Test
  void itKnowsHowManyObjectsAreLeftOnceAllAreRead() throws Exception {
    try (LargestFirst largestFirst =
        new LargestFirst(sizes(5, 1, 3, 9, 2, 8), 10, Duration.ofDays(1))) {
      assertThat(largestFirst.restIsReady()).isFalse();
      largestFirst.next();
      assertThat(largestFirst.restIsReady()).isTrue();
      assertThat(largestFirst.ready()).isEqualTo(5);
      rest(largestFirst);
      assertThat(largestFirst.ready()).isZero();
    }
  }

  @Test
  void aFullWindowIsNotWaitedWith() throws Exception {
    FakeSource source = new FakeSource(LongStream.range(0, 1000).mapToObj(i -> object(i)).toList());
    try (LargestFirst largestFirst = new LargestFirst(source, 10, Duration.ofDays(1))) {
      assertThat(rest(largestFirst)).hasSize(1000).doesNotHaveDuplicates();
    }
  }

  /// The source has one object, and keeps silent after that.
  @Test
  void anUnknownSizeIsNotWaitedWith() throws Exception {
    FakeSource one = new FakeSource(List.of(ObjectRef.named("b", "x")));
    ObjectSource silent =
        new ObjectSource() {
          @Override
          public @Nullable Entry next() throws SourceException, InterruptedException {
            Entry entry = one.next();
            if (entry == null) {
              new CountDownLatch(1).await();
            }
            return entry;
          }

          @Override
          public long listed() {
            return one.listed();
          }

          @Override
          public void close() {}
        };
    try (LargestFirst largestFirst = new LargestFirst(silent, 10, Duration.ofDays(1))) {
      assertThat(largestFirst.next()).isEqualTo(ObjectRef.named("b", "x"));
    }
  }

  @Test
  void noMoreThanTheWindowIsHeldAndNothingIsLost() throws Exception {
    FakeSource source = new FakeSource(LongStream.range(0, 1000).mapToObj(i -> object(i)).toList());
    try (LargestFirst largestFirst = new LargestFirst(source, 10, Duration.ZERO)) {
      List<Entry> taken = new ArrayList<>();
      for (int i = 1; i <= 50; i++) {
        taken.add(largestFirst.next());
        assertThat(source.listed()).isLessThanOrEqualTo(i + 11);
      }
      taken.addAll(rest(largestFirst));
      assertThat(taken).hasSize(1000).doesNotHaveDuplicates();
    }
  }

  @Test
  void unknownSizesComeFirst() throws Exception {
    Exhausted source =
        new Exhausted(
            new FakeSource(
                List.of(
                    object(1), ObjectRef.named("b", "x"), object(7), ObjectRef.named("b", "y"))));
    try (LargestFirst largestFirst = new LargestFirst(source, 10, Duration.ZERO)) {
      largestFirst.next();
      source.told().await();
      List<Entry> others = rest(largestFirst);
      assertThat(others).hasSize(3);
      assertThat(others.indexOf(ObjectRef.named("b", "x")))
          .isLessThan(others.indexOf(ObjectRef.named("b", "y")));
    }
  }

  @Test
  void aBrokenPartIsToldAndTheRestGoesOn() throws Exception {
    SourceException problem =
        new SourceException(
            "LIST s3://bucket/", Failure.local(Failure.Kind.DENIED, "AccessDenied", "x"));
    FakeSource source = sizes(1, 2, 3);
    source.failBefore(1, problem);
    List<Entry> entries = new ArrayList<>();
    try (LargestFirst largestFirst = new LargestFirst(source, 10, Duration.ZERO)) {
      assertThatThrownBy(
              () -> {
                while (true) {
                  entries.add(largestFirst.next());
                }
              })
          .isSameAs(problem);
      entries.addAll(rest(largestFirst));
    }
    assertThat(entries).containsExactlyInAnyOrder(object(1), object(2), object(3));
  }
}
