package io.github.lotaprestage.plan.target;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyOrderTest {

  @Test
  void charactersBeyondTheBasicPlaneAreTheLast() {
    assertThat(KeyOrder.BY_BYTES.compare("a😀", "a\uFFFD")).isPositive();
    assertThat(KeyOrder.BY_BYTES.compare("a", "a😀")).isNegative();
    assertThat(KeyOrder.BY_BYTES.compare("a😀", "a😀")).isZero();
  }

  /// 😀 and 😁 begin with the same surrogate.
  @ParameterizedTest
  @CsvSource({"a/1, a/2, a/", "a/1, a/1, a/1", "a/1, a/12, a/1", "a😀, a😁, a", "😀x, 😀y, 😀"})
  void aSharedPrefixEndsWithAWholeCharacter(String one, String other, String shared) {
    assertThat(KeyOrder.sharedPrefix(one, other)).isEqualTo(shared);
    assertThat(KeyOrder.sharedPrefix(other, one)).isEqualTo(shared);
  }
}
