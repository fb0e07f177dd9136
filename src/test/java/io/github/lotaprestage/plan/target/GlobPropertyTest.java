package io.github.lotaprestage.plan.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Generated;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GlobPropertyTest {

  private static String pattern(Generated input) {
    return input.textOf("ab/*?.😀[", 8);
  }

  private static String key(Generated input) {
    return input.textOf("ab/.\n[😀", 10);
  }

  @Test
  void matchesWhatTheSameRegularExpressionMatches() {
    Generated.cases(5000, input -> matchesLikeARegularExpression(pattern(input), key(input)));
  }

  private static void matchesLikeARegularExpression(String pattern, String key) {
    String expression =
        pattern
            .codePoints()
            .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
            .collect(Collectors.joining());
    assertThat(new Glob(pattern).matches(key))
        .isEqualTo(Pattern.compile(expression, Pattern.DOTALL).matcher(key).matches());
  }

  @Test
  void everyKeyMatchesItselfAndItsPrefix() {
    Generated.cases(
        1000,
        input -> {
          String key = key(input);
          String rest = key(input);
          assertThat(new Glob(key).matches(key)).isTrue();
          assertThat(new Glob(key + "*").matches(key + rest)).isTrue();
          assertThat(new Glob("*" + rest).matches(key + rest)).isTrue();
        });
  }
}
