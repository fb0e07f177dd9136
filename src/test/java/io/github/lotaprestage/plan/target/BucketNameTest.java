package io.github.lotaprestage.plan.target;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketNameTest {

  @ParameterizedTest
  @ValueSource(strings = {"abc", "my-bucket", "a.b.c", "0bucket9"})
  void canStandInFrontOfAHost(String name) {
    assertThat(BucketName.problem(name, false)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ab",
        "My-Bucket",
        "under_score",
        "-abc",
        "abc-",
        "a..b",
        "a b",
        "a:b",
        "10.0.0.1",
        "bücket",
        "a@b",
      })
  void cannotStandInFrontOfAHost(String name) {
    assertThat(BucketName.problem(name, false)).isPresent();
  }

  @Test
  void hostLabelsHaveALimit() {
    assertThat(BucketName.problem("a".repeat(63), false)).isEmpty();
    assertThat(BucketName.problem("a".repeat(64), false)).isPresent();
  }

  @Test
  void pathStyleAllowsMore() {
    assertThat(BucketName.problem("Under_Score", true)).isEmpty();
    assertThat(BucketName.problem("a/b", true)).isPresent();
    assertThat(BucketName.problem("", true)).isPresent();
  }
}
