package io.github.lotaprestage.engine.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lotaprestage.engine.FakeSource;
import io.github.lotaprestage.engine.Stager;
import io.github.lotaprestage.object.Attempt;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A cache of 10 bytes.
class CapacityGuardTest {

  private static final long CAPACITY = 10;

  /// The size that the next answer shows.
  private @Nullable Long answered;

  private final CapacityGuard guard =
      new CapacityGuard(
          CAPACITY,
          true,
          new Stager() {
            @Override
            public @Nullable Outcome withoutRequest(ObjectRef object) {
              return object.key().startsWith("journal")
                  ? new Outcome.Skipped(object, Outcome.Reason.JOURNAL, Outcome.Attempts.NONE)
                  : null;
            }

            @Override
            public Outcome send(ObjectRef object, Attempt attempt) {
              return new Outcome.Prestaged(
                  sized(object.key(), answered), null, attempt.attempts(), Duration.ZERO);
            }
          });

  private static ObjectRef sized(String key, @Nullable Long size) {
    return new ObjectRef("bucket", key, size, null, null, null);
  }

  private static ObjectRef object(String key, long size) {
    return sized(key, size);
  }

  private List<ObjectRef> read(ObjectRef... objects) throws Exception {
    List<ObjectRef> read = new ArrayList<>();
    try (ObjectSource source = guard.over(new FakeSource(List.of(objects)))) {
      while (source.next() instanceof ObjectRef object) {
        read.add(object);
      }
    }
    return read;
  }

  private boolean fits(ObjectRef object) throws InterruptedException {
    return !(guard.withoutRequest(object) instanceof Outcome.Skipped skipped
        && skipped.reason() == Outcome.Reason.OVER_CAPACITY);
  }

  private void answer(ObjectRef object, long size) throws Exception {
    answered = size;
    guard.send(object, new Attempt(1, 0, 0));
  }

  @Test
  void theOrderOfTheSourceDecides() throws Exception {
    List<ObjectRef> read =
        read(object("a", 4), object("b", 7), object("c", 5), object("d", 2), object("e", 1));
    List<String> staged = new ArrayList<>();
    for (ObjectRef object : read.reversed()) {
      if (fits(object)) {
        staged.add(object.key());
      }
    }
    assertThat(staged).containsExactly("e", "c", "a");
    assertThat(guard.used()).isEqualTo(10);
    assertThat(guard.skipped()).isEqualTo(2);
    assertThat(guard.skippedBytes()).isEqualTo(9);
  }

  @Test
  void answersThatShowLargerObjectsLeaveLessRoomForTheRest() throws Exception {
    List<ObjectRef> read = read(object("a", 4), object("b", 4), object("c", 2));
    assertThat(fits(read.getFirst())).isTrue();
    answer(read.getFirst(), 8);
    assertThat(guard.used()).isEqualTo(14);
    assertThat(fits(read.get(1))).isFalse();
    assertThat(fits(read.get(2))).isTrue();
    assertThat(guard.used()).isEqualTo(10);
    assertThat(guard.skipped()).isEqualTo(1);
    assertThat(guard.skippedBytes()).isEqualTo(4);
  }

  /// Only objects that grew are a reason to decide again.
  @Test
  void whatWasDecidedStandsWhileTheJournalFillsTheCapacity() throws Exception {
    List<ObjectRef> read = read(object("a", 5), object("journal-b", 5), object("journal-c", 6));
    assertThat(guard.used()).isEqualTo(16);
    assertThat(fits(read.getFirst())).isTrue();
  }

  /// The decision may be interrupted, because it may need an answer of the store.
  @Test
  void anObjectThatIsBeingDecidedIsNotLost() {
    CapacityGuard interrupted =
        new CapacityGuard(
            CAPACITY,
            true,
            new Stager() {
              @Override
              public @Nullable Outcome withoutRequest(ObjectRef object)
                  throws InterruptedException {
                throw new InterruptedException();
              }

              @Override
              public Outcome send(ObjectRef object, Attempt attempt) {
                throw new AssertionError("nothing is sent");
              }
            });
    try (ObjectSource source = interrupted.over(new FakeSource(List.of(object("a", 1))))) {
      assertThatThrownBy(source::next).isInstanceOf(InterruptedException.class);
      assertThat(source.unread().entries()).containsExactly(object("a", 1));
    }
  }

  @Test
  void aRepeatedObjectCountsEachTime() throws Exception {
    ObjectRef first = object("a", 6);
    List<ObjectRef> read = read(first, object("a", 6), object("b", 4));
    assertThat(read.stream().map(ObjectRef::key)).containsExactly("a", "a", "b");
    assertThat(fits(read.get(1))).isFalse();
    assertThat(fits(read.get(0))).isTrue();
    assertThat(fits(read.get(2))).isTrue();
  }

  @Test
  void whatTheAnswerSaysCounts() throws Exception {
    List<ObjectRef> read = read(object("grown", 2), object("shrunk", 5));
    answer(read.get(0), 6);
    assertThat(guard.used()).isEqualTo(11);
    assertThat(fits(read(object("late", 1)).getFirst())).isFalse();
    answer(read.get(1), 1);
    assertThat(guard.used()).isEqualTo(7);
    assertThat(fits(read(object("later", 3)).getFirst())).isTrue();
  }

  @Test
  void anObjectOfUnknownSizeGoesWhileThereIsCapacityLeft() throws Exception {
    ObjectRef unknown = read(sized("unknown", null)).getFirst();
    assertThat(fits(unknown)).isTrue();
    answer(unknown, 10);
    assertThat(guard.used()).isEqualTo(10);
    assertThat(fits(read(sized("another", null)).getFirst())).isFalse();
  }

  @Test
  void whatTheJournalHoldsTakesItsSizeAndIsNeverOverCapacity() throws Exception {
    List<ObjectRef> read = read(object("journal1", 8), object("a", 3), object("journal2", 8));
    assertThat(fits(read.get(0))).isTrue();
    assertThat(fits(read.get(1))).isFalse();
    assertThat(fits(read.get(2))).isTrue();
    assertThat(guard.used()).isEqualTo(16);
  }

  @Test
  void anObjectThatIsTriedAgainCountsOnce() throws Exception {
    guard.giveBack(read(object("a", 6)).getFirst());
    read(object("a", 6));
    assertThat(guard.used()).isEqualTo(6);
  }

  @Test
  void hugeSizesDoNotOverflow() throws Exception {
    CapacityGuard counting =
        new CapacityGuard(
            CAPACITY,
            false,
            (_, _) -> {
              throw new AssertionError("nothing is sent");
            });
    try (ObjectSource source =
        counting.over(
            new FakeSource(Stream.of("a", "b").map(key -> object(key, Long.MAX_VALUE)).toList()))) {
      while (source.next() != null) {
        assertThat(counting.used()).isEqualTo(Long.MAX_VALUE);
      }
    }
  }
}
