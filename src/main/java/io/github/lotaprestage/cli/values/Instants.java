package io.github.lotaprestage.cli.values;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import picocli.CommandLine.TypeConversionException;

/// Points in time: an age that counts back from now (`7d`, `36h`, `P7D`), or an ISO-8601 date or
/// date and time; without an offset it is UTC.
public final class Instants implements Converter<Instant> {

  private final Clock clock;
  private final Durations ages = new Durations();

  public Instants() {
    this(Clock.systemUTC());
  }

  public Instants(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Instant convert(String text) {
    String plain = text.strip();
    try {
      if (plain.matches("\\d{4}-.*")) {
        return instant(
            iso().parseBest(plain, OffsetDateTime::from, LocalDateTime::from, LocalDate::from));
      }
      return clock.instant().minus(ages.convert(plain));
    } catch (DateTimeException | TypeConversionException | ArithmeticException e) {
      throw invalid(text, e);
    }
  }

  @Override
  public String accepts() {
    return "an age, such as 7d or 36h, or an ISO-8601 date";
  }

  private static DateTimeFormatter iso() {
    return DateTimeFormatter.ofPattern("uuuu-MM-dd['T'HH:mm[:ss][.SSS][XXX]]")
        .withResolverStyle(ResolverStyle.STRICT);
  }

  private static Instant instant(TemporalAccessor parsed) {
    return switch (parsed) {
      case OffsetDateTime moment -> moment.toInstant();
      case LocalDateTime utc -> utc.toInstant(ZoneOffset.UTC);
      default -> LocalDate.from(parsed).atStartOfDay().toInstant(ZoneOffset.UTC);
    };
  }
}
