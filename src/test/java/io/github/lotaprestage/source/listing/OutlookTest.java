package io.github.lotaprestage.source.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutlookTest {

  /// Without a guess, a range that is alone would be listed page by page to its end.
  @ParameterizedTest
  @CsvSource({
    "1, 12.999, 999_987", // rounding must not move it beyond the farthest page
    "2, 12.999, 999_987",
    "4, 12.999, 999_987",
    "1, 12.999, 13", // the farthest page is known to be near
    "1, 2, 3.5",
    "2, 40, 50"
  })
  void everyGuessIsBeforeTheEnd(int guesses, double known, String farthest) {
    double most = Double.parseDouble(farthest.replace("_", ""));
    long from = 12_999;
    KeyScale scale = new KeyScale(List.of("data/0", "data/000012999"), "data/");
    Outlook outlook = new Outlook.Open(scale, from, most, 1000, true, known, false);
    assertThat(outlook.keys(guesses, outlook.pages() / (guesses + 1)))
        .hasSize(guesses)
        .allSatisfy(key ->
            assertThat(scale.number(key))
                .isGreaterThan(from)
                .isLessThan(from + (long) (most * 1000)));
  }
}
