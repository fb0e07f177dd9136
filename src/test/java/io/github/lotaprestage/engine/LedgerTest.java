package io.github.lotaprestage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.SourceException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LedgerTest {

  private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
  private final Prestager.Listener listener = outcomes::add;

  private static final ObjectRef A = ObjectRef.named("bucket", "a");
  private static final ObjectRef B = ObjectRef.named("bucket", "b");

  private static Outcome staged(String key) {
    return new Outcome.Prestaged(
        new ObjectRef("bucket", key, 7L, "etag", null, null),
        null,
        new Outcome.Attempts(1, 0),
        Duration.ofMillis(1));
  }

  private static Outcome skipped(ObjectRef object) {
    return new Outcome.Skipped(object, Outcome.Reason.DEADLINE, Outcome.Attempts.NONE);
  }

  @Test
  void whatHasNoOutcomeIsSettledOnceAndLateOutcomesAreDropped() throws Exception {
    Ledger ledger = new Ledger(new FakeSource(List.of(A, B)), listener);
    assertThat(ledger.next()).isEqualTo(A);
    assertThat(ledger.next()).isEqualTo(B);
    ledger.finished(staged("a"));
    assertThat(ledger.settle(Outcome.Reason.DEADLINE)).isFalse();
    ledger.finished(staged("b"));
    assertThat(outcomes).containsExactly(staged("a"), skipped(B));
    assertThat(ledger.next()).isNull();
  }

  @Test
  void anObjectThatWasNamedTwiceHasTwoOutcomes() throws Exception {
    Ledger ledger = new Ledger(new FakeSource(List.of(A, A, A)), listener);
    ledger.next();
    ledger.next();
    ledger.next();
    ledger.finished(staged("a"));
    ledger.settle(Outcome.Reason.DEADLINE);
    assertThat(outcomes).containsExactly(staged("a"), skipped(A), skipped(A));
  }

  @Test
  void aLineThatNamesNoObjectFailsAllTheSame() throws Exception {
    Ledger ledger = new Ledger(new FakeSource(List.of(new Entry.BadLine("x", "is bad"))), listener);
    ledger.next();
    ledger.settle(Outcome.Reason.DEADLINE);
    assertThat(outcomes).singleElement().isInstanceOf(Outcome.Failed.class);
  }

  /// A thread that was stuck in the source may go on after the run has ended.
  @Test
  void aSourceThatIsAskedAfterTheEndIsNotReadToItsEnd() throws Exception {
    Ledger ledger = new Ledger(new FakeSource(List.of(A, B)), listener);
    ledger.next();
    assertThat(ledger.settle(Outcome.Reason.DEADLINE)).isFalse();
    assertThat(ledger.next()).isNull();
    assertThat(ledger.drained()).isFalse();
  }

  /// A source without anything else, whose last entry is on its way.
  private static final class LastEntry extends ObjectSource.Forwarding {
    final CountDownLatch taken = new CountDownLatch(1);
    final CountDownLatch arrives = new CountDownLatch(1);

    LastEntry() {
      super(new FakeSource(List.of(A)));
    }

    @Override
    public @Nullable Entry next() throws SourceException, InterruptedException {
      Entry entry = super.next();
      taken.countDown();
      arrives.await();
      return entry;
    }

    @Override
    public Rest unread() {
      return new Rest(List.of(), true);
    }
  }

  private static FutureTask<@Nullable Entry> readerOf(Ledger ledger) {
    FutureTask<@Nullable Entry> reader = new FutureTask<>(ledger::next);
    Thread.ofVirtual().start(reader);
    return reader;
  }

  @Test
  void anEntryThatArrivesWhileTheRunIsSettledIsSkipped() throws Exception {
    LastEntry source = new LastEntry();
    Ledger ledger =
        new Ledger(
            new ObjectSource.Forwarding(source) {
              @Override
              public Rest unread() {
                source.arrives.countDown();
                return super.unread();
              }
            },
            listener);
    FutureTask<@Nullable Entry> reader = readerOf(ledger);
    source.taken.await();
    assertThat(ledger.settle(Outcome.Reason.DEADLINE)).isTrue();
    assertThat(reader.get()).isNull();
    assertThat(outcomes).containsExactly(skipped(A));
  }

  /// An entry that is being decided about is unread until it is handed out.
  @Test
  void anEntryThatWasUnreadAndArrivesIsReportedOnce() throws Exception {
    LastEntry source = new LastEntry();
    Ledger ledger =
        new Ledger(
            new ObjectSource.Forwarding(source) {
              @Override
              public Rest unread() {
                source.arrives.countDown();
                return new Rest(List.of(A), true);
              }
            },
            listener);
    FutureTask<@Nullable Entry> reader = readerOf(ledger);
    source.taken.await();
    assertThat(ledger.settle(Outcome.Reason.DEADLINE)).isTrue();
    assertThat(reader.get()).isNull();
    assertThat(outcomes).containsExactly(skipped(A));
  }

  @Test
  void anEntryThatDoesNotArriveLeavesTheRunIncomplete() throws Exception {
    LastEntry source = new LastEntry();
    Ledger ledger = new Ledger(source, listener);
    FutureTask<@Nullable Entry> reader = readerOf(ledger);
    source.taken.await();
    assertThat(ledger.settle(Outcome.Reason.DEADLINE)).isFalse();
    source.arrives.countDown();
    assertThat(reader.get()).isNull();
    assertThat(outcomes).isEmpty();
  }
}
