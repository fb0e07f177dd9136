package io.github.lotaprestage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.object.Attempt;
import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.Failure.Kind;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.plan.Limits;
import io.github.lotaprestage.plan.RetryPolicy;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// When a run in which nothing works ends, and when it does not.
@Timeout(60)
class GivingUpTest {

  private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
  private final Prestager prestager =
      new Prestager(
          Limits.builder().grace(Duration.ZERO).build(),
          new RetryPolicy(3, Duration.ZERO, Duration.ZERO));

  private static RequestFailedException failure(Kind kind) {
    return new RequestFailedException(Failure.local(kind, kind.name(), "test"), null);
  }

  private static Outcome staged(ObjectRef object, Attempt attempt) {
    return new Outcome.Prestaged(object, null, attempt.attempts(), attempt.duration());
  }

  private static Stream<Entry> keys(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> ObjectRef.named("b", prefix + i));
  }

  private Ledger run(Stream<Entry> entries, Stager probe) throws InterruptedException {
    Ledger ledger = new Ledger(new FakeSource(entries.toList()), outcomes::add);
    prestager.run(ledger, probe);
    return ledger;
  }

  @Test
  void theSameFatalFailureEverywhereEndsTheRun() throws InterruptedException {
    Ledger ledger =
        run(
            keys("k", 100_000),
            (_, _) -> {
              throw failure(Kind.DENIED);
            });
    assertThat(outcomes).hasSizeBetween(100, 1000);
    assertThat(prestager.stopped()).isEqualTo(Outcome.Reason.GAVE_UP);
    assertThat(ledger.drained()).isFalse();
    Failure why = prestager.gaveUp();
    assertThat(why == null ? null : why.kind()).isEqualTo(Kind.DENIED);
  }

  @Test
  void retryableFatalFailuresEndItToo() throws InterruptedException {
    run(
        keys("k", 100_000),
        (_, _) -> {
          throw failure(Kind.EXPIRED);
        });
    assertThat(outcomes).hasSizeBetween(100, 1000);
    assertThat(prestager.stopped()).isEqualTo(Outcome.Reason.GAVE_UP);
  }

  /// Fast failures come before slow fills: these decide.
  @Test
  void fillsInFlightAreWaitedForAndTheFirstSuccessLiftsThePause() throws Exception {
    AtomicInteger sent = new AtomicInteger();
    CountDownLatch denied = new CountDownLatch(120);
    Ledger ledger =
        run(
            keys("k", 2120),
            (object, attempt) -> {
              if (sent.incrementAndGet() <= 120) {
                denied.countDown();
                throw failure(Kind.DENIED);
              }
              denied.await();
              return staged(object, attempt);
            });
    assertThat(outcomes).hasSize(2120);
    assertThat(outcomes.stream().filter(Outcome.Prestaged.class::isInstance)).hasSize(2000);
    assertThat(prestager.stopped()).isNull();
    assertThat(ledger.drained()).isTrue();
  }

  @Test
  void linesThatNameNoObjectNeverCount() throws InterruptedException {
    run(
        Stream.concat(
            IntStream.range(0, 150).mapToObj(i -> new Entry.BadLine("# " + i, "no object")),
            keys("good", 50)),
        GivingUpTest::staged);
    assertThat(outcomes).hasSize(200);
    assertThat(prestager.stopped()).isNull();
  }

  @Test
  void differentFailuresDoNotEndIt() throws InterruptedException {
    run(
        keys("k", 1000),
        (object, _) -> {
          throw failure(object.key().endsWith("7") ? Kind.NO_SUCH_KEY : Kind.DENIED);
        });
    assertThat(outcomes).hasSize(1000);
    assertThat(prestager.stopped()).isNull();
  }
}
