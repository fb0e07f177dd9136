package io.github.lotaprestage.engine.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// In the time of a clock that moves only while an object waits.
class FillRateTest {

  private static final long RATE = 1_000_000;
  private static final long SECOND = 1_000_000_000;

  private record Admission(long at, long bytes) {}

  private long now;
  private final FillRate rate = new FillRate(RATE, () -> now, this::pause, this::permit);

  /// How long an object waits for its permit.
  private long permitTakes;

  private final List<Admission> admitted = new ArrayList<>();

  private boolean pause(long nanos) {
    now += nanos;
    return true;
  }

  private long permit() {
    now += permitTakes;
    return 0;
  }

  private void admit(long size) throws InterruptedException {
    assertThat(rate.await(size)).isZero();
    admitted.add(new Admission(now, size));
  }

  private long inWindow(long start, long length) {
    return admitted.stream()
        .filter(each -> each.at() >= start && each.at() < start + length)
        .mapToLong(Admission::bytes)
        .sum();
  }

  @Test
  void anyFiveSecondsStayWithinTheRate() throws InterruptedException {
    Random random = new Random(5);
    while (now < 60 * SECOND) {
      admit(1 + random.nextInt((int) RATE / 4));
      if (random.nextInt(50) == 0) {
        now += random.nextLong(SECOND); // nothing to do for a while
      }
    }
    for (Admission each : admitted) {
      assertThat(inWindow(each.at(), 5 * SECOND)).isLessThanOrEqualTo((long) (5.25 * RATE) + 1);
    }
    assertThat(inWindow(0, 60 * SECOND)).isGreaterThan(45 * RATE);
  }

  /// The store allows nothing for half a minute, and everything after that.
  @Test
  void objectsThatWaitForTheirPermitDoNotGoOutTogether() throws InterruptedException {
    admit(RATE / 4);
    permitTakes = 30 * SECOND;
    admit(RATE);
    permitTakes = 0;
    while (now < 60 * SECOND) {
      admit(RATE / 4);
    }
    for (Admission each : admitted) {
      assertThat(inWindow(each.at(), 5 * SECOND)).isLessThanOrEqualTo((long) (6.25 * RATE) + 1);
    }
  }

  /// A clock that has run for 200 years still counts single bytes.
  @Test
  void anOldClockIsNoLessPrecise() throws InterruptedException {
    now = Long.MAX_VALUE - 100 * SECOND;
    FillRate late = new FillRate(SECOND, () -> now, this::pause, this::permit);
    long start = now;
    for (int i = 0; i < 1_000_000; i++) {
      assertThat(late.await(1_001L)).isZero();
    }
    assertThat(now - start).isBetween(1_001_000_000L - SECOND / 4 - 2_000, 1_001_000_000L);
  }

  @Test
  void aBusyRunUsesAllOfTheRate() throws InterruptedException {
    while (now < 60 * SECOND) {
      admit(10_000);
    }
    assertThat(inWindow(0, 60 * SECOND))
        .isBetween(60 * RATE - 10_000, (long) (60.25 * RATE) + 10_000);
  }

  @Test
  void aSlowRunDoesNotWait() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      now += SECOND / 50;
      long before = now;
      admit(RATE / 100);
      assertThat(now).isEqualTo(before);
    }
  }

  @Test
  void anObjectAboveTheBudgetGoesAtOnceAndIsPaidFor() throws InterruptedException {
    admit(10 * RATE);
    assertThat(now).isZero();
    admit(1);
    assertThat(now).isBetween(9 * SECOND, 10 * SECOND);
  }

  @Test
  void anUnknownSizeIsPaidForOnceItIsKnown() throws InterruptedException {
    assertThat(rate.await(null)).isZero();
    rate.charge(5 * RATE);
    admit(1);
    assertThat(now).isBetween(4 * SECOND, 5 * SECOND);
  }

  @Test
  void withoutALimitNothingWaits() throws InterruptedException {
    FillRate unlimited = new FillRate(0, () -> now, this::pause, this::permit);
    for (int i = 0; i < 1000; i++) {
      assertThat(unlimited.await(Long.MAX_VALUE)).isZero();
    }
    unlimited.charge(Long.MAX_VALUE);
    assertThat(now).isZero();
  }

  @Test
  void aStoppedRunDoesNotWait() throws InterruptedException {
    FillRate stopped = new FillRate(RATE, () -> now, _ -> false, this::permit);
    assertThat(stopped.await(10 * RATE)).isZero();
    assertThat(stopped.await(1L)).isEqualTo(Pacer.STOPPED);
  }
}
