package io.github.lotaprestage.engine.pace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackoffRefusalsTest {

  private static final long SECOND = 1_000_000_000;

  private final Backoff.Refusals refusals = new Backoff.Refusals();

  @Test
  void areNewsOnceNothingElseHappenedForTwentySeconds() {
    assertThat(refusals.areNews(5 * SECOND)).isFalse();
    assertThat(refusals.areNews(24 * SECOND)).isFalse();
    assertThat(refusals.areNews(25 * SECOND)).isTrue();
    assertThat(refusals.areNews(60 * SECOND)).isFalse();
  }

  @Test
  void areNoNewsIfARequestWasTakenMeanwhile() {
    assertThat(refusals.areNews(SECOND)).isFalse();
    refusals.ended();
    assertThat(refusals.areNews(30 * SECOND)).isFalse();
    assertThat(refusals.areNews(49 * SECOND)).isFalse();
    assertThat(refusals.areNews(50 * SECOND)).isTrue();
  }
}
