package io.github.lotaprestage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.Limits;
import io.github.lotaprestage.plan.RetryPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PrestagerTest {

  private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
  private final Queue<SourceException> problems = new ConcurrentLinkedQueue<>();
  private final Prestager.Listener listener =
      new Prestager.Listener() {
        @Override
        public void finished(Outcome outcome) {
          outcomes.add(outcome);
        }

        @Override
        public void sourceFailed(SourceException problem) {
          problems.add(problem);
        }
      };

  private static Outcome staged(ObjectRef object) {
    return new Outcome.Prestaged(object, null, new Outcome.Attempts(1, 0), Duration.ofMillis(1));
  }

  private static Prestager prestager(int concurrency) {
    return new Prestager(
        Limits.builder().concurrency(concurrency).grace(Duration.ZERO).build(),
        RetryPolicy.attempts(10));
  }

  private static FakeSource keys(int count) {
    return new FakeSource(
        IntStream.range(0, count).mapToObj(i -> ObjectRef.named("bucket", "key" + i)).toList());
  }

  @Test
  void everyObjectIsProbedExactlyOnceAndNeverMoreThanAllowedAtOnce() throws InterruptedException {
    int count = 100_000;
    int concurrency = 50;
    Map<String, AtomicInteger> probes = new ConcurrentHashMap<>();
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Stager probe =
        (object, _) -> {
          most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
          probes.computeIfAbsent(object.key(), _ -> new AtomicInteger()).incrementAndGet();
          inFlight.decrementAndGet();
          return staged(object);
        };
    Prestager prestager = prestager(concurrency);
    Ledger ledger = new Ledger(keys(count), listener);
    prestager.run(ledger, probe);
    assertThat(outcomes).hasSize(count);
    assertThat(probes).hasSize(count).allSatisfy((_, n) -> assertThat(n).hasValue(1));
    assertThat(most.get()).isLessThanOrEqualTo(concurrency);
    assertThat(prestager.inFlight()).isZero();
    assertThat(ledger.drained()).isTrue();
  }

  /// Repeated, because a wake-up that gets lost would stop a run only now and then.
  @RepeatedTest(50)
  void theSourceIsNotReadAheadOfThePermits() throws InterruptedException {
    FakeSource source = keys(1000);
    CountDownLatch twoRunning = new CountDownLatch(2);
    CountDownLatch release = new CountDownLatch(1);
    Stager probe =
        (object, _) -> {
          twoRunning.countDown();
          release.await();
          return staged(object);
        };
    Prestager prestager = prestager(2);
    Thread run =
        Thread.ofVirtual().start(() -> runQuietly(prestager, new Ledger(source, listener), probe));
    twoRunning.await();
    assertThat(prestager.inFlight()).isEqualTo(2);
    assertThat(source.listed()).isLessThanOrEqualTo(3);
    release.countDown();
    run.join();
    assertThat(outcomes).hasSize(1000);
  }

  private void runQuietly(Prestager prestager, Ledger ledger, Stager probe) {
    try {
      prestager.run(ledger, probe);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aBrokenPartOfTheSourceIsToldAndTheRestGoesOn() throws InterruptedException {
    SourceException problem =
        new SourceException(
            "LIST s3://bucket/", Failure.local(Failure.Kind.DENIED, "AccessDenied", "x"));
    FakeSource source = keys(3);
    source.failBefore(1, problem);
    prestager(4).run(new Ledger(source, listener), (object, _) -> staged(object));
    assertThat(problems).containsExactly(problem);
    assertThat(outcomes).hasSize(3);
  }

  @Test
  void aLineThatNamesNoObjectFailsWithoutAProbe() throws InterruptedException {
    FakeSource source = new FakeSource(java.util.List.of(new Entry.BadLine("x", "line 1 is bad")));
    prestager(1)
        .run(
            new Ledger(source, listener),
            (_, _) -> {
              throw new AssertionError("must not be probed");
            });
    assertThat(outcomes)
        .singleElement()
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.error().kind()).isEqualTo(Failure.Kind.INVALID);
              assertThat(failed.error().message()).isEqualTo("line 1 is bad");
            });
  }

  @Test
  void aProbeThatThrowsEndsTheRunLoudly() {
    assertThatThrownBy(() ->
            prestager(2)
                .run(
                    new Ledger(keys(1000), listener),
                    (_, _) -> {
                      throw new IllegalArgumentException("broken");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("broken");
  }

  @Test
  void abandoningInterruptsWhatRunsAndSendsNothingNew() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(3);
    AtomicInteger interrupted = new AtomicInteger();
    Stager probe =
        (object, _) -> {
          running.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.incrementAndGet();
            throw e;
          }
          return staged(object);
        };
    Prestager prestager = prestager(3);
    Ledger ledger = new Ledger(keys(1000), listener);
    Thread run = Thread.ofVirtual().start(() -> runQuietly(prestager, ledger, probe));
    running.await();
    prestager.abandon(Outcome.Reason.INTERRUPTED);
    run.join();
    assertThat(interrupted).hasValue(3);
    assertThat(outcomes).isEmpty();
    assertThat(ledger.drained()).isFalse();
  }

  @Test
  void givingUpFailsWhatIsInFlightAndLeavesTheSource() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(3);
    Stager probe =
        (object, _) -> {
          running.countDown();
          new CountDownLatch(1).await();
          return staged(object);
        };
    Failure why = Failure.local(Failure.Kind.UNREACHABLE, "NoAnswer", "no answer");
    Prestager prestager = prestager(3);
    Ledger ledger = new Ledger(keys(1000), listener);
    Thread run = Thread.ofVirtual().start(() -> runQuietly(prestager, ledger, probe));
    running.await();
    prestager.giveUp(why);
    run.join();
    assertThat(outcomes.stream().filter(Outcome.Failed.class::isInstance))
        .hasSize(3)
        .allSatisfy(failed -> assertThat(((Outcome.Failed) failed).error()).isEqualTo(why));
    assertThat(ledger.drained()).isFalse();
    assertThat(prestager.stopped()).isEqualTo(Outcome.Reason.GAVE_UP);
    assertThat(prestager.gaveUp()).isEqualTo(why);
  }

  @Test
  void afterADeadlineProbesThatRunMayFinishAndTheSourceIsReadToItsEnd() throws Exception {
    CountDownLatch running = new CountDownLatch(2);
    CountDownLatch release = new CountDownLatch(1);
    Ledger ledger = stoppedWithTwoRunning(running, release, Outcome.Reason.DEADLINE);
    assertThat(outcomes).hasSize(100);
    assertThat(outcomes.stream().filter(Outcome.Prestaged.class::isInstance)).hasSize(2);
    assertThat(outcomes.stream().filter(Outcome.Skipped.class::isInstance))
        .hasSize(98)
        .allSatisfy(skipped ->
            assertThat(((Outcome.Skipped) skipped).reason()).isEqualTo(Outcome.Reason.DEADLINE));
    assertThat(ledger.drained()).isTrue();
  }

  /// A pipe that nobody writes to.
  @Test
  void afterADeadlineASilentSourceIsNotWaitedForIfNothingIsInFlight() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    ObjectSource silent =
        new ObjectSource() {
          @Override
          public Entry next() throws InterruptedException {
            reading.countDown();
            new CountDownLatch(1).await();
            throw new AssertionError();
          }

          @Override
          public long listed() {
            return 0;
          }

          @Override
          public void close() {}
        };
    Prestager prestager = prestager(2);
    Ledger ledger = new Ledger(silent, listener);
    Thread run =
        Thread.ofVirtual()
            .start(() -> runQuietly(prestager, ledger, (object, _) -> staged(object)));
    reading.await();
    prestager.stop(Outcome.Reason.DEADLINE, Duration.ofHours(1));
    run.join();
    assertThat(ledger.drained()).isFalse();
  }

  @Test
  void afterASignalProbesThatRunMayFinishAndTheSourceIsLeft() throws Exception {
    CountDownLatch running = new CountDownLatch(2);
    CountDownLatch release = new CountDownLatch(1);
    Ledger ledger = stoppedWithTwoRunning(running, release, Outcome.Reason.INTERRUPTED);
    assertThat(outcomes.stream().filter(Outcome.Prestaged.class::isInstance)).hasSize(2);
    assertThat(outcomes).hasSizeLessThanOrEqualTo(3);
    assertThat(ledger.drained()).isFalse();
  }

  private Ledger stoppedWithTwoRunning(
      CountDownLatch running, CountDownLatch release, Outcome.Reason reason)
      throws InterruptedException {
    Stager probe =
        (object, _) -> {
          running.countDown();
          release.await();
          return staged(object);
        };
    Prestager prestager = prestager(2);
    Ledger ledger = new Ledger(keys(100), listener);
    Thread run = Thread.ofVirtual().start(() -> runQuietly(prestager, ledger, probe));
    running.await();
    prestager.stop(reason, Duration.ofHours(1));
    release.countDown();
    run.join();
    return ledger;
  }
}
