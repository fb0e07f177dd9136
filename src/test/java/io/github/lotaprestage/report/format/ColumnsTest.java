package io.github.lotaprestage.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsTest {

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "a/b.tar, 7",
    "é, 1",
    "e\u0301, 1",
    "日本語, 6",
    "한국, 4",
    "ｆｕｌｌ, 8",
    "ｶﾅ, 2",
    "𠀋, 2",
    "🚀.tar, 6",
    "❤, 1",
    "🇩🇪, 2",
    "नि, 2",
    "x\u200Dy, 2",
    "…, 1",
    "a日, 3",
    "❤\uFE0F, 2",
    "שלום, 4",
  })
  void terminalsUseSoMany(String text, int columns) {
    assertThat(Columns.width(text)).isEqualTo(columns);
  }

  @ParameterizedTest
  @CsvSource({
    "a/b.tar, 7, a/b.tar",
    "a/b/c.tar, 8, ...c.tar",
    "日本語.tar, 9, ...語.tar",
    "日本語.tar, 10, 日本語.tar",
    "日本語.tar, 8, ....tar",
    "xxxe\u0301.tar, 7, ....tar",
    "xxxxe\u0301.tar, 8, ...e\u0301.tar",
    "abcdef, 2, ''",
  })
  void theEndIsWhatPeopleKnowAKeyBy(String text, int columns, String end) {
    assertThat(Columns.end(text, columns)).isEqualTo(end);
  }

  @Test
  void theEndNeverTakesMore() {
    String text = "a/日🚀e\u0301/ｶ❤\uFE0F한/z";
    for (int columns = 0; columns < 30; columns++) {
      assertThat(Columns.width(Columns.end(text, columns))).isLessThanOrEqualTo(columns);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "s3://b/directory/object, 23, s3://b/directory/object",
    "s3://b/directory/object, 22, s3://b/di...ory/object",
    "日本語日本語日本語, 11, 日本...本語",
    "日本語日本語日本語, 12, 日本...本語",
  })
  void theMiddleOfLongTextIsLeftOut(String text, int width, String shown) {
    assertThat(Columns.shortened(text, width)).isEqualTo(shown);
    assertThat(Columns.width(shown)).isLessThanOrEqualTo(width);
  }

  @Test
  void noCharacterIsSplit() {
    String text = "😀e\u0301".repeat(50);
    for (int width = 8; width < 100; width++) {
      String shown = Columns.shortened(text, width);
      assertThat(Columns.width(shown)).isBetween(width - 3, width);
      assertThat(shown).doesNotContain("...\u0301");
      assertThat(shown.codePoints())
          .noneMatch(point -> Character.getType(point) == Character.SURROGATE);
    }
  }
}
