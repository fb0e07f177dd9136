package io.github.lotaprestage.engine.pace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackoffRefusalsTest {

  private static final long SECOND = 1_000_000_000;

  private final Backoff.Refusals refusals = new Backoff.Refusals();

  @Test
  void addUpTheTimeBetweenThem() {
    assertThat(refusals.refused(5 * SECOND)).isZero();
    assertThat(refusals.refused(6 * SECOND)).isEqualTo(SECOND);
    assertThat(refusals.refused(14 * SECOND)).isEqualTo(9 * SECOND);
  }

  @Test
  void countNoTimeInWhichNothingWasSent() {
    assertThat(refusals.refused(5 * SECOND)).isZero();
    assertThat(refusals.refused(500 * SECOND)).isEqualTo(10 * SECOND);
    assertThat(refusals.refused(501 * SECOND)).isEqualTo(11 * SECOND);
  }

  @Test
  void beginAnewAfterARequestThatEndedInAnotherWay() {
    assertThat(refusals.refused(SECOND)).isZero();
    refusals.ended();
    assertThat(refusals.refused(3 * SECOND)).isZero();
    assertThat(refusals.refused(5 * SECOND)).isEqualTo(2 * SECOND);
  }
}
