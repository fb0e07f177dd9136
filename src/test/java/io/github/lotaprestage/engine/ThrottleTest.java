package io.github.lotaprestage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ThrottleTest {

  @Test
  void oneCutForAllThatWereUnderWay() throws InterruptedException {
    Throttle throttle = new Throttle(100);
    List<Long> entered = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      entered.add(throttle.enter());
    }
    entered.forEach(each -> throttle.leave(each, true));
    assertThat(throttle.bound()).isEqualTo(50);
    throttle.leave(throttle.enter(), true);
    assertThat(throttle.bound()).isEqualTo(25);
  }

  @Test
  void goodAnswersRaiseTheBoundAgainUpToTheMost() throws InterruptedException {
    Throttle throttle = new Throttle(8);
    throttle.leave(throttle.enter(), true);
    assertThat(throttle.bound()).isEqualTo(4);
    for (int i = 0; i < 1000; i++) {
      throttle.leave(throttle.enter(), false);
    }
    assertThat(throttle.bound()).isEqualTo(8);
  }

  @Test
  void neverLessThanOne() throws InterruptedException {
    Throttle throttle = new Throttle(2);
    for (int i = 0; i < 10; i++) {
      throttle.leave(throttle.enter(), true);
    }
    assertThat(throttle.bound()).isEqualTo(1);
  }

  @Test
  void whoIsTooManyWaits() throws InterruptedException {
    Throttle throttle = new Throttle(1);
    long first = throttle.enter();
    Thread second =
        Thread.ofPlatform()
            .start(() -> {
              try {
                throttle.leave(throttle.enter(), false);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    while (second.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    throttle.leave(first, false);
    second.join();
  }

  @Test
  void thePacerSpacesRequestsAndSavesNothingUp() throws InterruptedException {
    AtomicLong now = new AtomicLong();
    List<Duration> waits = new ArrayList<>();
    Pacer pacer = new Pacer(10, now::get, waits::add);
    pacer.await();
    pacer.await();
    pacer.await();
    assertThat(waits).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
    now.addAndGet(Duration.ofSeconds(5).toNanos());
    pacer.await();
    pacer.await();
    assertThat(waits).hasSize(3).endsWith(Duration.ofMillis(100));
  }

  @Test
  void noRateMeansNoWait() throws InterruptedException {
    List<Duration> waits = new ArrayList<>();
    Pacer pacer = new Pacer(0, () -> 0, waits::add);
    pacer.await();
    pacer.await();
    assertThat(waits).isEmpty();
  }
}
