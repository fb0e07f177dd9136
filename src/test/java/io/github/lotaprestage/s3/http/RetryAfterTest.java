package io.github.lotaprestage.s3.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "' 7 ', 7",
    "300, 300",
    "301, 300",
    "86400, 300",
    "123456789012345678, 300",
    "'Sun, 01 Mar 2026 12:00:20 GMT', 20",
    "'Mon, 02 Mar 2026 12:00:00 GMT', 300",
    "'Sun, 01 Mar 2026 11:00:00 GMT', 0",
  })
  void secondsOrADateUpToFiveMinutes(String header, long seconds) {
    assertThat(RetryAfter.of(header, NOW)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "+1", "1.5", "1e3", "1234567890123456789"})
  void otherValuesAreIgnored(String header) {
    assertThat(RetryAfter.of(header, NOW)).isNull();
  }

  @Test
  void itMayBeAbsent() {
    assertThat(RetryAfter.of(null, NOW)).isNull();
  }
}
