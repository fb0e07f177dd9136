package io.github.lotaprestage.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsTest {

  @ParameterizedTest
  @CsvSource({
    "abc, 3",
    "é, 1",
    "e\u0301, 1",
    "日本, 4",
    "한국, 4",
    "ｆｕｌｌ, 8",
    "😀, 2",
    "שלום, 4",
    "❤\uFE0F, 2",
  })
  void wideCharactersTakeTwoColumns(String text, int columns) {
    assertThat(Columns.width(text)).isEqualTo(columns);
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
