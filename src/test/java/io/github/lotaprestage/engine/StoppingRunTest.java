package io.github.lotaprestage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.object.Attempt;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.Failure.Kind;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.Limits;
import io.github.lotaprestage.plan.RetryPolicy;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A run that ends early reports every object once, and only requests in flight get a grace period.
@Timeout(60)
class StoppingRunTest {

  private static final Duration LONG = Duration.ofHours(1);

  private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
  private volatile CountDownLatch reader = new CountDownLatch(0);
  private final CountDownLatch firstTold = new CountDownLatch(1);
  private final CountDownLatch fourTold = new CountDownLatch(4);
  private final Prestager.Listener listener =
      new Prestager.Listener() {
        @Override
        public void finished(Outcome outcome) {
          outcomes.add(outcome);
          firstTold.countDown();
          fourTold.countDown();
          try {
            reader.await();
          } catch (InterruptedException e) {
            throw new AssertionError("nobody who waits for the reader is interrupted", e);
          }
        }

        @Override
        public void sourceFailed(SourceException problem) {
          throw new AssertionError(problem);
        }
      };

  private static Prestager prestager(int concurrency, double rate, int attempts, Duration wait) {
    return new Prestager(
        Limits.builder().concurrency(concurrency).headsPerSecond(rate).grace(Duration.ZERO).build(),
        new RetryPolicy(attempts, wait, wait));
  }

  private static FakeSource keys(int count) {
    return new FakeSource(
        IntStream.range(0, count).mapToObj(i -> ObjectRef.named("b", "k" + i)).toList());
  }

  private static Outcome staged(ObjectRef object, Attempt attempt) {
    return new Outcome.Prestaged(object, null, attempt.attempts(), attempt.duration());
  }

  private static RequestFailedException failure(Kind kind) {
    return new RequestFailedException(Failure.local(kind, kind.name(), "test"), null);
  }

  private Thread start(Prestager prestager, ObjectSource source, Stager probe) {
    return start(prestager, new Ledger(source, listener), probe);
  }

  private static Thread start(Prestager prestager, Ledger ledger, Stager probe) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            prestager.run(ledger, probe);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private void assertEveryKeyOnce(int count) {
    assertThat(outcomes).hasSize(count);
    assertThat(outcomes.stream().map(outcome -> outcome.object().key()).distinct()).hasSize(count);
  }

  @Test
  void whatWaitsForItsRateIsSkippedAtOnce() throws InterruptedException {
    Prestager prestager = prestager(10, 0.001, 10, LONG);
    Thread run = start(prestager, keys(20), StoppingRunTest::staged);
    firstTold.await();
    prestager.stop(Outcome.Reason.DEADLINE, LONG);
    run.join();
    assertEveryKeyOnce(20);
    assertThat(outcomes.stream().filter(Outcome.Prestaged.class::isInstance)).hasSize(1);
  }

  @Test
  void whatWaitsForItsBytesIsSkippedAtOnce() throws InterruptedException {
    Prestager prestager =
        new Prestager(
            Limits.builder().concurrency(10).fillBytesPerSecond(1).build(),
            new RetryPolicy(1, LONG, LONG));
    FakeSource source =
        new FakeSource(
            IntStream.range(0, 20)
                .mapToObj(i -> new ObjectRef("b", "k" + i, 1_000_000L, null, null, null))
                .toList());
    Thread run = start(prestager, source, StoppingRunTest::staged);
    firstTold.await();
    prestager.stop(Outcome.Reason.DEADLINE, LONG);
    run.join();
    assertEveryKeyOnce(20);
    assertThat(outcomes.stream().filter(Outcome.Prestaged.class::isInstance)).hasSize(1);
  }

  @Test
  void whatWaitsForItsNextAttemptIsSkippedAtOnceWithItsAttempts() throws InterruptedException {
    CountDownLatch sent = new CountDownLatch(10);
    Prestager prestager = prestager(10, 0, 10, LONG);
    Thread run =
        start(
            prestager,
            keys(10),
            (_, _) -> {
              sent.countDown();
              throw failure(Kind.THROTTLED);
            });
    sent.await();
    prestager.stop(Outcome.Reason.DEADLINE, LONG);
    run.join();
    assertEveryKeyOnce(10);
    assertThat(outcomes)
        .allSatisfy(outcome ->
            assertThat(outcome)
                .isEqualTo(
                    new Outcome.Skipped(
                        outcome.object(), Outcome.Reason.DEADLINE, new Outcome.Attempts(1, 1))));
  }

  @Test
  void afterTheDeadlineOnlyUsedUpAttemptsAreAFailure() throws InterruptedException {
    CountDownLatch sent = new CountDownLatch(2);
    CountDownLatch answer = new CountDownLatch(1);
    Prestager prestager = prestager(2, 0, 2, Duration.ZERO);
    Thread run =
        start(
            prestager,
            keys(2),
            (object, attempt) -> {
              if (object.key().equals("k0") || attempt.number() == 2) {
                sent.countDown();
                answer.await();
              }
              throw failure(Kind.TRANSIENT);
            });
    sent.await();
    prestager.stop(Outcome.Reason.DEADLINE, LONG);
    answer.countDown();
    run.join();
    assertEveryKeyOnce(2);
    assertThat(outcomes)
        .anySatisfy(outcome ->
            assertThat(outcome)
                .isEqualTo(
                    new Outcome.Skipped(
                        ObjectRef.named("b", "k0"),
                        Outcome.Reason.DEADLINE,
                        new Outcome.Attempts(1, 0))))
        .anySatisfy(outcome ->
            assertThat(outcome)
                .isInstanceOfSatisfying(
                    Outcome.Failed.class,
                    failed -> assertThat(failed.attempts().sent()).isEqualTo(2)));
  }

  /// The end of the grace period interrupts requests, but nobody who waits for the reader.
  @Test
  void everyObjectIsToldOnceWhenTheGraceEndsUnderASlowReader() throws InterruptedException {
    reader = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    CountDownLatch cut = new CountDownLatch(1);
    FakeSource source = keys(50);
    Ledger ledger = new Ledger(source, listener);
    Prestager prestager = prestager(2, 0, 1, LONG);
    Thread run =
        start(
            prestager,
            ledger,
            (object, attempt) -> {
              if (object.key().equals("k0")) {
                return staged(object, attempt);
              }
              second.countDown();
              try {
                new CountDownLatch(1).await();
              } finally {
                cut.countDown();
              }
              return staged(object, attempt);
            });
    firstTold.await();
    second.await();
    source.awaitPause(3);
    prestager.stop(Outcome.Reason.DEADLINE, Duration.ZERO);
    cut.await();
    reader.countDown();
    run.join();
    assertThat(outcomes.stream().map(outcome -> outcome.object().key()).distinct())
        .hasSize(outcomes.size());
    assertThat(outcomes).hasSizeGreaterThanOrEqualTo(3);
    assertThat(outcomes.stream().filter(Outcome.Prestaged.class::isInstance)).hasSize(1);
    assertThat(ledger.drained()).isEqualTo(outcomes.size() == 50);
  }

  @Test
  void anOutcomeIsToldBeforeItsCapacityIsFree() throws InterruptedException {
    reader = new CountDownLatch(1);
    AtomicInteger sent = new AtomicInteger();
    FakeSource source = keys(10);
    Prestager prestager = prestager(1, 0, 1, LONG);
    Thread run =
        start(
            prestager,
            source,
            (object, attempt) -> {
              sent.incrementAndGet();
              return staged(object, attempt);
            });
    firstTold.await();
    source.awaitPause(1);
    assertThat(sent).hasValue(1);
    assertThat(source.listed()).isLessThanOrEqualTo(2);
    reader.countDown();
    run.join();
    assertEveryKeyOnce(10);
  }

  /// With the only capacity in use, the source can be read on only if stopping releases its reader.
  @Test
  void stoppingReleasesTheReaderOfTheSource() throws InterruptedException {
    CountDownLatch sent = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    Ledger ledger = new Ledger(keys(5), listener);
    Prestager prestager = prestager(1, 0, 1, LONG);
    Thread run =
        start(
            prestager,
            ledger,
            (object, attempt) -> {
              sent.countDown();
              answer.await();
              return staged(object, attempt);
            });
    sent.await();
    prestager.stop(Outcome.Reason.DEADLINE, LONG);
    fourTold.await(); // while the first request is still in flight
    answer.countDown();
    run.join();
    assertEveryKeyOnce(5);
    assertThat(ledger.drained()).isTrue();
  }

  @Test
  void givingUpSkipsWhatWaitsWithItsAttempts() throws InterruptedException {
    CountDownLatch sent = new CountDownLatch(2);
    Failure why = Failure.local(Kind.UNREACHABLE, "NoAnswer", "no answer");
    Prestager prestager = prestager(2, 0, 5, LONG);
    Thread run =
        start(
            prestager,
            keys(2),
            (object, _) -> {
              sent.countDown();
              if (object.key().equals("k0")) {
                throw failure(Kind.TRANSIENT);
              }
              new CountDownLatch(1).await();
              throw failure(Kind.TRANSIENT);
            });
    sent.await();
    while (prestager.inFlight() != 1 && !Thread.interrupted()) {
      Thread.onSpinWait();
    }
    prestager.giveUp(why);
    run.join();
    assertEveryKeyOnce(2);
    assertThat(outcomes)
        .anySatisfy(outcome ->
            assertThat(outcome)
                .isEqualTo(
                    new Outcome.Skipped(
                        ObjectRef.named("b", "k0"),
                        Outcome.Reason.GAVE_UP,
                        new Outcome.Attempts(1, 0))))
        .anySatisfy(outcome ->
            assertThat(outcome)
                .isInstanceOfSatisfying(
                    Outcome.Failed.class, failed -> assertThat(failed.error()).isEqualTo(why)));
  }
}
