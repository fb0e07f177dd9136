package io.github.lotaprestage.plan.braces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lotaprestage.fixture.Generated;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The results were compared with Python's braceexpand 0.1.7.
class BraceExpressionTest {

  private static List<String> results(String text) {
    BraceExpression braces = BraceExpression.parse(text).orElseThrow();
    return LongStream.range(0, braces.count()).mapToObj(braces::get).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shard-{000000..000002}.tar | shard-000000.tar shard-000001.tar shard-000002.tar",
        "{1..3} | 1 2 3",
        "{9..11} | 9 10 11",
        "{07..10} | 07 08 09 10",
        "{7..010} | 007 008 009 010",
        "{4..1} | 4 3 2 1",
        "{2..-1} | 2 1 0 -1",
        "{-01..1} | -01 000 001",
        "{-0..1} | 0 1",
        "{0..10..5} | 0 5 10",
        "{0..9..4} | 0 4 8",
        "{9..0..-4} | 9 5 1",
        "{1..3..0} | 1 2 3",
        "{1..2..00} | 1 2",
        "{5..5} | 5",
        "{9223372036854775806..9223372036854775809..2} | 9223372036854775806 9223372036854775808",
        "{a..e} | a b c d e",
        "{e..a..2} | e c a",
        "{Y..b} | Y Z a b",
        "{C..A} | C B A",
        "{a..a} | a",
        "{a,b}{1,2} | a1 a2 b1 b2",
        "x{,.backup} | x x.backup",
        "p{2.{5..7},3.{2,3}} | p2.5 p2.6 p2.7 p3.2 p3.3",
        "{a{1,2}b} | {a1b} {a2b}",
        "{{a,b}} | {a} {b}",
        "{}{1,2} | {}1 {}2",
        "{1..a}{x,y} | {1..a}x {1..a}y",
        "{1\\{2,3} | 1{2 3",
        "{a\\,b,c} | a,b c",
        "a\\\\{1,2}\\x | a\\1x a\\2x",
        "a\\{1,2\\} | a{1,2}",
        "}a{x{1,2} | }a{x1 }a{x2",
      })
  void expandsLikeBraceexpand(String text, String expected) {
    assertThat(results(text)).containsExactly(expected.split(" "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "{",
        "a{b",
        "a}b",
        "}{",
        "{a}",
        "{}",
        "{1..}",
        "{..3}",
        "{1..2..3..4}",
        "{1...3}",
        "{1..a}",
        "{aa..bb}",
        "{1.5..2.5}",
        "{ 1..3 }",
        "{+1..3}",
        "{٠..٣}",
        "{1{2,3}",
        "{1,2}}",
        "a\\b\\,c",
        "{guid}\\x",
        "\\{1,2}",
      })
  void anythingElseIsLiteral(String text) {
    assertThat(BraceExpression.parse(text)).isEmpty();
  }

  @Test
  void isAsLargeAsYouLikeWithoutBeingExpanded() {
    BraceExpression names =
        BraceExpression.parse("d{0..999999999}/{000..999}-{a..z}").orElseThrow();
    assertThat(names.count()).isEqualTo(26_000_000_000_000L);
    assertThat(names.get(0)).isEqualTo("d0/000-a");
    assertThat(names.get(names.count() - 1)).isEqualTo("d999999999/999-z");
    assertThat(names.indexOf("d12345678/042-c")).isEqualTo((12_345_678L * 1000 + 42) * 26 + 2);
    BraceExpression more =
        BraceExpression.parse("{0..9999999999999}{0..9999999999999}{a,b}").orElseThrow();
    assertThat(more.count()).isEqualTo(Long.MAX_VALUE);
    assertThat(more.get(3)).isEqualTo("01b");
    assertThat(more.get(Long.MAX_VALUE - 1)).endsWith("a");
    assertThat(more.matches("99999999999999999999999999b")).isTrue();
    assertThat(more.matches("99999999999999999999999999c")).isFalse();
  }

  @Test
  void aResultHasTheNumberOfItsFirstOccurrence() {
    BraceExpression twice = BraceExpression.parse("{1..11}{1..11}").orElseThrow();
    assertThat(twice.get(10)).isEqualTo("111");
    assertThat(twice.indexOf("111")).isEqualTo(10);
    assertThat(twice.get(110)).isEqualTo("111");
    assertThat(twice.indexOf("11")).isZero();
    assertThat(twice.indexOf("012")).isEqualTo(-1);
    assertThat(twice.indexOf("")).isEqualTo(-1);
    assertThat(BraceExpression.parse("{a,b,a}{,c}").orElseThrow().indexOf("ac")).isEqualTo(1);
    assertThat(BraceExpression.parse("{02..10..2}").orElseThrow().indexOf("2")).isEqualTo(-1);
  }

  @Test
  void wildcardsMatchInAGlobOnly() {
    BraceExpression glob = BraceExpression.parseGlob("*-{00..10}.{tar,i?x}").orElseThrow();
    assertThat(List.of("a/b-07.tar", "-10.idx", "--00-00.tar", "-00.i😀x")).allMatch(glob::matches);
    assertThat(List.of("a-7.tar", "a-11.tar", "a-00.ix", "a-00.tar.gz")).noneMatch(glob::matches);
    assertThat(BraceExpression.parse("*{0..1}").orElseThrow().matches("a0")).isFalse();
    assertThat(BraceExpression.parseGlob("\\*{0,1}").orElseThrow().matches("a0")).isFalse();
  }

  @Test
  void bracesThatAreNestedTooDeepAreRefused() {
    assertThatThrownBy(() -> BraceExpression.parse("{".repeat(60_000) + "}".repeat(60_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than 50 deep");
    assertThat(results("{".repeat(50) + "a,b" + "}".repeat(50))).hasSize(2);
  }

  /// What an expression says of its results without expanding them is true.
  @Test
  void knowsItsResults() {
    String[] tokens = {
      "{", "}", "{", "}", ",", "..", "\\", "0", "3", "07", "-2", "a", "e", "Z", "/", "*", "é"
    };
    Generated.cases(
        3000,
        input -> {
          StringBuilder text = new StringBuilder();
          for (int i = input.number(12); i >= 0; i--) {
            text.append(tokens[input.number(tokens.length - 1)]);
          }
          BraceExpression braces = BraceExpression.parse(text.toString()).orElse(null);
          if (braces == null) {
            return;
          }
          List<String> all = new ArrayList<>(results(text.toString()));
          assertThat(all)
              .as("%s", text)
              .allSatisfy(one -> assertThat(braces.indexOf(one)).isEqualTo(all.indexOf(one)));
          assertThat(braces.canContain('*')).isEqualTo(all.stream().anyMatch(o -> o.contains("*")));
          assertThat(braces.canBeEmptyOrEndWith('/'))
              .isEqualTo(all.stream().anyMatch(one -> one.isEmpty() || one.endsWith("/")));
          assertThat(braces.maxBytes())
              .isEqualTo(
                  all.stream()
                      .mapToInt(o -> o.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
                      .max()
                      .orElseThrow());
        });
  }
}
