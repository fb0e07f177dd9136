package io.github.lotaprestage.engine.pace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ThrottleTest {

  private static void round(Throttle throttle, int requests, int throttled)
      throws InterruptedException {
    for (int i = 0; i < requests; i++) {
      throttle.enter();
    }
    for (int i = 0; i < requests; i++) {
      throttle.leave(i < throttled);
    }
  }

  @Test
  void aRoundTripShrinksTheBoundByTheShareThatWasTooMuch() throws InterruptedException {
    Throttle throttle = new Throttle(300);
    round(throttle, 300, 260);
    assertThat(throttle.bound()).isEqualTo(48);
    round(throttle, 48, 8);
    assertThat(throttle.bound()).isEqualTo(48);
  }

  @Test
  void goodAnswersDoubleTheBoundInFourRoundTripsUpToTheMost() throws InterruptedException {
    Throttle throttle = new Throttle(100);
    round(throttle, 100, 90);
    int low = throttle.bound();
    for (int i = 0; i < 4; i++) {
      round(throttle, throttle.bound(), 0);
    }
    assertThat(throttle.bound()).isGreaterThanOrEqualTo(2 * low - 2);
    for (int i = 0; i < 20; i++) {
      round(throttle, throttle.bound(), 0);
    }
    assertThat(throttle.bound()).isEqualTo(100);
  }

  @Test
  void aFewThatAreAskedToWaitForOtherReasonsDoNotSlowTheOthersDown() throws InterruptedException {
    Throttle throttle = new Throttle(100);
    for (int i = 0; i < 50; i++) {
      round(throttle, throttle.bound(), throttle.bound() / 10);
    }
    assertThat(throttle.bound()).isGreaterThan(90);
  }

  @Test
  void halfOfThemThrottledAtAnyBoundSlowTheOthersDownForAMomentOnly() throws InterruptedException {
    Throttle throttle = new Throttle(100);
    for (int i = 0; i < 20; i++) {
      round(throttle, throttle.bound(), throttle.bound() / 2);
    }
    assertThat(throttle.bound()).isGreaterThan(90);
  }

  @Test
  void aLimitAmongRequestsThrottledByChanceStillShrinksTheBound() throws InterruptedException {
    Throttle throttle = new Throttle(100);
    for (int i = 0; i < 20; i++) {
      round(throttle, throttle.bound(), throttle.bound() / 2);
    }
    for (int i = 0; i < 20; i++) {
      round(throttle, throttle.bound(), throttle.bound() - Math.min(5, throttle.bound() / 2));
    }
    assertThat(throttle.bound()).isLessThan(20);
  }

  @Test
  void neverLessThanOne() throws InterruptedException {
    Throttle throttle = new Throttle(2);
    for (int i = 0; i < 10; i++) {
      round(throttle, 1, 1);
    }
    assertThat(throttle.bound()).isEqualTo(1);
  }

  @Test
  void whoIsTooManyWaits() throws InterruptedException {
    Throttle throttle = new Throttle(1);
    throttle.enter();
    Thread second =
        Thread.ofPlatform()
            .start(() -> {
              try {
                round(throttle, 1, 0);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    while (second.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    throttle.leave(false);
    second.join();
  }
}
