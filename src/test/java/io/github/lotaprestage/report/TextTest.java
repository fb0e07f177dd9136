package io.github.lotaprestage.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.report.format.Escapes;
import io.github.lotaprestage.report.format.Times;
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
    "PT10M, 10 min",
    "PT11M5S, 11 min 5 s",
    "PT59M59.6S, 1 h",
    "PT2H3M29S, 2 h 3 min",
    "PT76H29M31S, 3 d 5 h",
  })
  void measuredTimes(Duration duration, String shown) {
    assertThat(Times.measured(duration)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 s",
    "PT0.04S, less than 0.1 s",
    "PT0.25S, 0.3 s",
    "PT1.5S, 1.5 s",
    "PT4S, 4 s",
    "PT10.4S, 10 s",
    "PT59.5S, 1 min",
    "PT75S, 1 min 15 s",
    "PT20M, 20 min",
    "PT23H59M31S, 1 d",
    "PT76H, 3 d 4 h",
    "PT2562047788015215H, more than 100 years",
  })
  void roundedTimes(Duration duration, String shown) {
    assertThat(Times.rounded(duration)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 objects", "1, 1 object", "999, 999 objects", "1234567, '1,234,567 objects'"})
  void objects(long number, String shown) {
    assertThat(Units.objects(number)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"0.33, 0.3", "9.99, 10.0", "4100.4, '4,100'"})
  void rates(double rate, String shown) {
    assertThat(Units.rate(rate)).isEqualTo(shown);
  }

  @Test
  void controlCharactersAreShownAndAllElseStays() {
    assertThat(Escapes.visible("a\n\r\t\u001b[31m\u0000\u0085\u202e\u2028é😀👩‍🚀\\ \"'"))
        .isEqualTo("a\\n\\r\\t\\u{1b}[31m\\u{0}\\u{85}\\u{202e}\\u{2028}é😀👩‍🚀\\ \"'");
  }
}
