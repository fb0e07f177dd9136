package io.github.lotaprestage.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

  @Test
  void moreAttemptsThanUsualAllowALongerOutage() {
    assertThat(RetryPolicy.attempts(1).maxOutage()).isEqualTo(Duration.ofMinutes(5));
    assertThat(RetryPolicy.attempts(10).maxOutage()).isEqualTo(Duration.ofMinutes(5));
    assertThat(RetryPolicy.attempts(100).maxOutage()).isEqualTo(Duration.ofMinutes(50));
  }

  @Test
  void backoffCeilingDoublesUpToTheMaximum() {
    RetryPolicy policy = RetryPolicy.attempts(10);
    assertThat(policy.ceiling(1)).isEqualTo(Duration.ofMillis(100));
    assertThat(policy.ceiling(4)).isEqualTo(Duration.ofMillis(800));
    assertThat(policy.ceiling(9)).isEqualTo(Duration.ofSeconds(20));
    assertThat(policy.ceiling(1000)).isEqualTo(Duration.ofSeconds(20));
  }
}
