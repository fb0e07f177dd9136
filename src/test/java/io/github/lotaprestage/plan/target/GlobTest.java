package io.github.lotaprestage.plan.target;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

  @ParameterizedTest
  @CsvSource({
    "a*c, abc, true",
    "a*c, ac, true",
    "a*c, a/b/c, true",
    "a*c, abcd, false",
    "a?c, abc, true",
    "a?c, a/c, true",
    "a?c, ac, false",
    "*.tar, x/y.tar, true",
    "*.tar, x/y.tar.gz, false",
    "*a*b, xaxxb, true",
    "*, anything/at/all, true",
    "a[b], a[b], true",
    "a[b], ab, false",
    "a.c, abc, false",
    "ü?, ü😀, true",
  })
  void matches(String pattern, String text, boolean expected) {
    assertThat(new Glob(pattern).matches(text)).isEqualTo(expected);
  }

  @Test
  void emptyPatternMatchesOnlyEmptyText() {
    assertThat(new Glob("").matches("")).isTrue();
    assertThat(new Glob("").matches("a")).isFalse();
  }

  @Test
  @Timeout(10)
  void manyStarsStayPolynomial() {
    String text = "a".repeat(1000);
    assertThat(new Glob("*a".repeat(500) + "b").matches(text)).isFalse();
  }
}
