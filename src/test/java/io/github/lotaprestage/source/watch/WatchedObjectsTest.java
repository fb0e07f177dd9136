package io.github.lotaprestage.source.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lotaprestage.engine.FakeSource;
import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.RunEvent.Round;
import io.github.lotaprestage.object.SourceException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// In the time of a clock that moves only while the watch waits.
@Timeout(60)
class WatchedObjectsTest {

  private static final Duration EVERY = Duration.ofSeconds(30);

  private final List<Round> rounds = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final List<Outcome.Failed> again = new ArrayList<>();
  private final List<Long> begun = new ArrayList<>();
  private long now;
  private int lastRound = Integer.MAX_VALUE;
  private Runnable whileWaiting = () -> {};

  private final WatchedObjects.Listener listener =
      new WatchedObjects.Listener() {
        @Override
        public void triedAgain(Outcome.Failed failure) {
          again.add(failure);
        }

        @Override
        public void ended(Round round) {
          rounds.add(round);
        }

        @Override
        public void broken(SourceException problem) {
          told.add("broken");
        }

        @Override
        public void mended() {
          told.add("mended");
        }
      };

  private final WatchedObjects.Clock clock =
      new WatchedObjects.Clock() {
        @Override
        public long now() {
          return now;
        }

        @Override
        public void await(Object monitor, long nanos) {
          now += nanos;
          whileWaiting.run();
        }
      };

  /// @param objects of each round, from 1; a round without any cannot be listed
  private WatchedObjects watch(IntFunction<Optional<List<? extends Entry>>> objects) {
    return new WatchedObjects(
        () -> {
          begun.add(now);
          Optional<List<? extends Entry>> found = objects.apply(begun.size());
          FakeSource source =
              found.isPresent() ? new FakeSource(found.get()) : new FakeSource(List.of());
          if (found.isEmpty()) {
            source.failBefore(0, problem(Failure.Kind.TRANSIENT));
          }
          return source;
        },
        EVERY,
        clock,
        () -> begun.size() >= lastRound,
        listener);
  }

  private static SourceException problem(Failure.Kind kind) {
    return new SourceException("LIST s3://b/", Failure.local(kind, kind.name(), "test"));
  }

  private static ObjectRef object(String key, String etag) {
    return new ObjectRef("b", key, 5L, etag, Instant.EPOCH, "STANDARD");
  }

  private static ObjectRef next(WatchedObjects watch) throws Exception {
    return watch.next() instanceof ObjectRef object ? object : object("nothing", "0");
  }

  private static Outcome staged(ObjectRef object) {
    return new Outcome.Prestaged(object, null, Outcome.Attempts.NONE, Duration.ZERO);
  }

  private static Outcome.Failed failed(ObjectRef object) {
    return new Outcome.Failed(
        object,
        Failure.local(Failure.Kind.TRANSIENT, "X", "test"),
        Outcome.Attempts.NONE,
        Duration.ZERO);
  }

  /// All that it yields, staged at once.
  private static List<String> run(WatchedObjects watch) throws Exception {
    List<String> yielded = new ArrayList<>();
    for (Entry entry = watch.next(); entry != null; entry = watch.next()) {
      ObjectRef object = (ObjectRef) entry;
      yielded.add(object.key() + "@" + object.etag());
      watch.finished(staged(object));
    }
    return yielded;
  }

  @Test
  void eachVersionIsYieldedOnce() throws Exception {
    lastRound = 4;
    WatchedObjects watch =
        watch(round ->
            Optional.of(
                switch (round) {
                  case 1 -> List.of(object("a", "1"), object("b", "1"));
                  case 2 -> List.of(object("a", "1"), object("b", "2"), object("c", "1"));
                  default -> List.of(object("b", "2"), object("c", "1"));
                }));
    assertThat(run(watch)).containsExactly("a@1", "b@1", "b@2", "c@1");
    assertThat(rounds).extracting(Round::prestaged).containsExactly(2L, 2L, 0L, 0L);
    assertThat(rounds).extracting(Round::unchanged).containsExactly(0L, 1L, 2L, 2L);
    assertThat(rounds.getFirst().bytes()).isEqualTo(10);
  }

  @Test
  void aStoreWithOtherETagsInListingsDoesNotStageAgainAndAgain() throws Exception {
    lastRound = 3;
    WatchedObjects watch = watch(_ -> Optional.of(List.of(object("a", "listed"))));
    ObjectRef first = next(watch);
    watch.finished(staged(object("a", "answered")));
    assertThat(first.etag()).isEqualTo("listed");
    assertThat(watch.next()).isNull();
  }

  @Test
  void roundsBeginAtFixedTimes() throws Exception {
    lastRound = 3;
    run(watch(_ -> Optional.of(List.of())));
    assertThat(begun).containsExactly(0L, EVERY.toNanos(), 2 * EVERY.toNanos());
  }

  @Test
  void aLongRoundIsFollowedByTheNextAtOnce() throws Exception {
    lastRound = 2;
    WatchedObjects watch = watch(_ -> Optional.of(List.of(object("a", "1"))));
    ObjectRef first = next(watch);
    now = 5 * EVERY.toNanos();
    watch.finished(staged(first));
    assertThat(watch.next()).isNull();
    assertThat(begun).containsExactly(0L, 5 * EVERY.toNanos());
  }

  @Test
  void whatFailedIsTriedAgainAndNoLongerCountsAsFailed() throws Exception {
    lastRound = 3;
    WatchedObjects watch = watch(_ -> Optional.of(List.of(object("a", "1"))));
    for (int i = 0; i < 2; i++) {
      watch.finished(failed(next(watch)));
    }
    watch.finished(staged(next(watch)));
    assertThat(watch.next()).isNull();
    assertThat(again).hasSize(2);
    assertThat(rounds).extracting(Round::failed).containsExactly(1L, 1L, 0L);
  }

  @Test
  void problemsAreToldOnceAndMakeRoundsRarer() throws Exception {
    lastRound = 6;
    run(watch(round -> round >= 2 && round <= 4 ? Optional.empty() : Optional.of(List.of())));
    assertThat(told).containsExactly("broken", "mended");
    long every = EVERY.toNanos();
    assertThat(begun).containsExactly(0L, every, 3 * every, 7 * every, 15 * every, 16 * every);
    assertThat(rounds)
        .extracting(round -> round.problem() == null)
        .containsExactly(true, false, false, false, true, true);
  }

  @Test
  void aFirstRoundThatWillNotMendEndsIt() throws Exception {
    WatchedObjects watch =
        new WatchedObjects(
            () -> {
              FakeSource source = new FakeSource(List.of());
              source.failBefore(0, problem(Failure.Kind.NO_SUCH_BUCKET));
              return source;
            },
            EVERY,
            clock,
            () -> false,
            listener);
    assertThatThrownBy(watch::next).isInstanceOf(SourceException.class);
    assertThat(watch.next()).isNull();
  }

  @Test
  void aProblemOfTheLastRoundIsNotLost() throws Exception {
    lastRound = 2;
    WatchedObjects watch = watch(round -> round == 2 ? Optional.empty() : Optional.of(List.of()));
    assertThatThrownBy(watch::next).isInstanceOf(SourceException.class);
    assertThat(watch.next()).isNull();
  }

  @Test
  void linesThatNameNothingAreReportedOnce() throws Exception {
    lastRound = 3;
    Entry.BadLine old = new Entry.BadLine("x", "line 1");
    Entry.BadLine same = new Entry.BadLine("x", "line 3");
    Entry.BadLine added = new Entry.BadLine("y", "line 2");
    WatchedObjects watch =
        watch(round -> Optional.of(round == 1 ? List.of(old, same) : List.of(old, added, same)));
    assertThat(watch.next()).isEqualTo(old);
    assertThat(watch.next()).isEqualTo(same);
    assertThat(watch.next()).isEqualTo(added);
    assertThat(watch.next()).isNull();
  }

  @Test
  void betweenRoundsTheLastOneCounts() throws Exception {
    lastRound = 3;
    WatchedObjects watch =
        watch(round -> round == 2 ? Optional.empty() : Optional.of(List.of(object("a", "1"))));
    List<String> seen = new ArrayList<>();
    whileWaiting = () -> seen.add(watch.listed() + " " + watch.unread().all());
    assertThat(run(watch)).containsExactly("a@1");
    assertThat(seen).containsExactly("1 true", "0 false");
  }
}
