package io.github.lotaprestage.s3.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lotaprestage.fixture.Generated;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatesTest {

  private static final DateTimeFormatter FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter LISTED =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  @Test
  void everyDateIsReadBack() {
    Generated.cases(
        1000,
        input -> {
          Instant moment = Instant.ofEpochSecond(input.number(250_000_000_000L));
          assertThat(Dates.http(FIXDATE.format(moment))).isEqualTo(moment);
        });
  }

  @Test
  void whateverElseIsNoDate() {
    Generated.cases(1000, input -> assertThat(Dates.http(input.text(255))).isNull());
    assertThat(Dates.http("Sun, 32 Mar 2026 12:00:00 GMT")).isNull();
    assertThat(Dates.http("Sun, 01 Mai 2026 12:00:00 GMT")).isNull();
    assertThat(Dates.http("Sun, 01 Mar 2026 12:0x:00 GMT")).isNull();
    assertThat(Dates.http("Sun, 01 Mar 2026 12:00:00 CET")).isNull();
  }

  @Test
  void everyDateOfAListingIsReadBack() {
    Generated.cases(
        1000,
        input -> {
          Instant moment = Instant.ofEpochMilli(input.number(250_000_000_000_000L));
          assertThat(Dates.iso(LISTED.format(moment))).isEqualTo(moment);
          assertThat(Dates.iso(moment.truncatedTo(ChronoUnit.SECONDS).toString()))
              .isEqualTo(moment.truncatedTo(ChronoUnit.SECONDS));
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-03-01T12:00:00", "2026-03-01T12:00:00.000", "2026-03-01T12:00"})
  void withoutAZoneItIsUtc(String text) {
    assertThat(Dates.iso(text)).isEqualTo("2026-03-01T12:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-01T12:00:00.123456789Z",
        "2026-03-01T14:00:00+02:00",
        "2026-03-01T12:00:00.1Z",
      })
  void otherFormsOfIsoAreRead(String text) {
    assertThat(Dates.iso(text)).isEqualTo(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026-02-30T12:00:00.000Z",
        "2026-03-01T12:00:0x.000Z",
        "2026-03-01T12:00:00,000Z",
        "2026-03-01 12:00:00.000Z",
        "+026-03-01T12:00:00.000Z",
        "2026-03-01T12:00:00.-01Z",
      })
  void whatIsNotIsoIsRefused(String text) {
    assertThatThrownBy(() -> Dates.iso(text)).isInstanceOf(DateTimeException.class);
  }
}
