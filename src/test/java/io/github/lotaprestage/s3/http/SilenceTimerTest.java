package io.github.lotaprestage.s3.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SilenceTimerTest {

  private static final HttpHost HOST = new HttpHost("http", "store.test", 80);
  private static final int ROUNDS = 20_000;

  private final SilenceTimer timer = new SilenceTimer();

  @Test
  void anEndpointThatAnswersTheOnlyRequestIsNotSilent() {
    timer.begin(HOST);
    timer.heard();
    timer.end();
    assertThat(timer.silence()).isZero();
  }

  @Test
  void theSilenceOfARequestBeginsWithIt() {
    timer.begin(HOST);
    assertThat(timer.silence()).isPositive();
  }

  /// Otherwise an endpoint that never answers this request would never be given up.
  @Test
  void aRequestThatBeginsWhileAnotherIsAnsweredIsTimed() throws Exception {
    AtomicInteger steps = new AtomicInteger();
    FutureTask<Void> other =
        new FutureTask<>(() -> {
          for (int round = 0; round < ROUNDS; round++) {
            await(steps, 3 * round + 1);
            timer.begin(HOST);
            steps.incrementAndGet();
            await(steps, 3 * round + 3);
          }
          return null;
        });
    Thread.ofPlatform().daemon().start(other);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        timer.begin(HOST);
        steps.incrementAndGet();
        timer.heard();
        timer.end();
        await(steps, 3 * round + 2);
        assertThat(timer.silence()).isGreaterThan(Duration.ZERO);
        timer.heard();
        timer.end();
        steps.incrementAndGet();
      }
    } finally {
      steps.set(4 * ROUNDS); // the other thread need not wait any more
    }
    other.get();
  }

  /// Both threads have to go on at the same moment, so they sleep only where there is one
  /// processor.
  private static void await(AtomicInteger steps, int step) {
    for (int spins = 1; steps.get() < step; spins++) {
      Thread.onSpinWait();
      if (spins % 10_000 == 0) {
        LockSupport.parkNanos(1);
      }
    }
  }
}
