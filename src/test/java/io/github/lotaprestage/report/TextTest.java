package io.github.lotaprestage.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.report.format.Escapes;
import io.github.lotaprestage.report.format.Units;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "1536, 1.5 KiB",
    "1048575, 1.0 MiB",
    "5368709120, 5.0 GiB",
    "9223372036854775807, 8.0 EiB",
  })
  void bytes(long bytes, String shown) {
    assertThat(Units.bytes(bytes)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0.0041S, 0.004 s",
    "PT75.21S, 75.2 s",
    "PT11M5S, 11 min 5 s",
    "PT2H3M, 2 h 03 min"
  })
  void seconds(Duration duration, String shown) {
    assertThat(Units.seconds(duration)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"0.33, 0.3", "9.99, 10.0", "4100.4, 4100"})
  void rates(double rate, String shown) {
    assertThat(Units.rate(rate)).isEqualTo(shown);
  }

  @Test
  void controlCharactersAreShownAndAllElseStays() {
    assertThat(Escapes.visible("a\n\r\t\u001b[31m\u0000\u0085\u202e\u2028é😀👩‍🚀\\ \"'"))
        .isEqualTo("a\\n\\r\\t\\u{1b}[31m\\u{0}\\u{85}\\u{202e}\\u{2028}é😀👩‍🚀\\ \"'");
  }
}
