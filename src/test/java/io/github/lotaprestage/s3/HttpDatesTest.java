package io.github.lotaprestage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class HttpDatesTest {

  private static final DateTimeFormatter FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  @Property
  void everyDateIsReadBack(@ForAll @LongRange(min = 0, max = 250_000_000_000L) long second) {
    Instant moment = Instant.ofEpochSecond(second);
    assertThat(HttpDates.parse(FIXDATE.format(moment))).isEqualTo(moment);
  }

  @Property
  void whateverElseIsNoDate(@ForAll String text) {
    assertThat(HttpDates.parse(text)).isNull();
    assertThat(HttpDates.parse("Sun, 32 Mar 2026 12:00:00 GMT")).isNull();
    assertThat(HttpDates.parse("Sun, 01 Mai 2026 12:00:00 GMT")).isNull();
    assertThat(HttpDates.parse("Sun, 01 Mar 2026 12:0x:00 GMT")).isNull();
    assertThat(HttpDates.parse("Sun, 01 Mar 2026 12:00:00 CET")).isNull();
  }
}
