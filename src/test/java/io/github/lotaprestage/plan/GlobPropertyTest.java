package io.github.lotaprestage.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class GlobPropertyTest {

  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.strings().withChars("ab/*?.😀[".toCharArray()).ofMaxLength(8);
  }

  @Provide
  Arbitrary<String> keys() {
    return Arbitraries.strings().withChars("ab/.\n[".toCharArray()).ofMaxLength(10);
  }

  @Property(tries = 5000)
  void matchesWhatTheSameRegularExpressionMatches(
      @ForAll("patterns") String pattern, @ForAll("keys") String key) {
    String expression =
        pattern
            .codePoints()
            .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
            .collect(Collectors.joining());
    assertThat(new Glob(pattern).matches(key))
        .isEqualTo(Pattern.compile(expression, Pattern.DOTALL).matcher(key).matches());
  }

  @Property
  void everyKeyMatchesItselfAndItsPrefix(@ForAll("keys") String key, @ForAll("keys") String rest) {
    assertThat(new Glob(key).matches(key)).isTrue();
    assertThat(new Glob(key + "*").matches(key + rest)).isTrue();
    assertThat(new Glob("*" + rest).matches(key + rest)).isTrue();
  }
}
