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
  private final FillRate rate = new FillRate(RATE, now);
  private final List<Admission> admitted = new ArrayList<>();

  private void admit(FillRate by, long size) {
    now += Math.max(0, by.delay(size, now));
    by.pay(size, now);
  }

  private void admit(long size) {
    admit(rate, size);
    admitted.add(new Admission(now, size));
  }

  private long inWindow(long start, long length) {
    return admitted.stream()
        .filter(each -> each.at() >= start && each.at() < start + length)
        .mapToLong(Admission::bytes)
        .sum();
  }

  @Test
  void anyFiveSecondsStayWithinTheRate() {
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

  /// A clock that has run for 200 years still counts single bytes.
  @Test
  void anOldClockIsNoLessPrecise() {
    now = Long.MAX_VALUE - 100 * SECOND;
    FillRate late = new FillRate(SECOND, now);
    long start = now;
    for (int i = 0; i < 1_000_000; i++) {
      admit(late, 1_001);
    }
    assertThat(now - start).isBetween(1_001_000_000L - SECOND / 4 - 2_000, 1_001_000_000L);
  }

  @Test
  void aBusyRunUsesAllOfTheRate() {
    while (now < 60 * SECOND) {
      admit(10_000);
    }
    assertThat(inWindow(0, 60 * SECOND))
        .isBetween(60 * RATE - 10_000, (long) (60.25 * RATE) + 10_000);
  }

  @Test
  void aSlowRunDoesNotWait() {
    for (int i = 0; i < 100; i++) {
      now += SECOND / 50;
      long before = now;
      admit(RATE / 100);
      assertThat(now).isEqualTo(before);
    }
  }

  @Test
  void anObjectAboveTheBudgetGoesAtOnceAndIsPaidFor() {
    admit(10 * RATE);
    assertThat(now).isZero();
    admit(1);
    assertThat(now).isBetween(9 * SECOND, 10 * SECOND);
  }

  @Test
  void anUnknownSizeWaitsOnlyForOthersAndIsPaidForOnceItIsKnown() {
    assertThat(rate.delay(0, now)).isNegative();
    rate.pay(0, now);
    rate.pay(5 * RATE, now);
    assertThat(rate.delay(0, now)).isEqualTo(5 * SECOND - SECOND / 4);
    admit(1);
    assertThat(now).isBetween(4 * SECOND, 5 * SECOND);
  }

  @Test
  void withoutALimitNothingWaits() {
    FillRate unlimited = new FillRate(0, now);
    for (int i = 0; i < 1000; i++) {
      admit(unlimited, Long.MAX_VALUE);
    }
    assertThat(unlimited.limits()).isFalse();
    assertThat(now).isZero();
  }
}
