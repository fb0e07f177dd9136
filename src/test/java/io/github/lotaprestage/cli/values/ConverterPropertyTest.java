package io.github.lotaprestage.cli.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Generated;
import io.github.lotaprestage.plan.target.Target;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

/// Whatever is typed is either understood or refused in words, and what is understood is meant.
class ConverterPropertyTest {

  private static final Instant NOW = Instant.parse("2026-03-08T12:00:00Z");
  private static final String UNITS = "kmgtpe";

  /// Strings that look like what converters read, and strings that do not.
  private static String anything(Generated input) {
    return input.oneOf(
        () -> input.text(60),
        () -> input.textOf("0123456789.-+:TZPkmgtpeibswhd ", 25),
        () -> input.textOf("s3:/*?ab.\n\u0000é", 40),
        () -> input.textOf("1s", 100_000));
  }

  @Test
  void whateverIsTypedIsUnderstoodOrRefused() {
    Generated.cases(2000, input -> isUnderstoodOrRefused(anything(input)));
  }

  private static void isUnderstoodOrRefused(String text) {
    try {
      assertThat(new Sizes().convert(text)).isNotNegative();
    } catch (TypeConversionException e) {
      assertThat(e.getMessage()).containsAnyOf("a size, such as", "must be less than 8EiB");
    }
    try {
      assertThat(new Durations().convert(text)).isGreaterThanOrEqualTo(Duration.ZERO);
    } catch (TypeConversionException e) {
      assertThat(e).hasMessageContaining("a duration, such as");
    }
    try {
      assertThat(new Instants(Clock.fixed(NOW, ZoneOffset.UTC)).convert(text)).isNotNull();
    } catch (TypeConversionException e) {
      assertThat(e).hasMessageContaining("an age, such as");
    }
    try {
      assertThat(Targets.parse(text, false))
          .allSatisfy(target -> assertThat(target.toString()).startsWith("s3://"));
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Test
  void sizesAreExact() {
    Generated.cases(
        1000,
        input -> {
          long count = input.number(1L << 40);
          int unit = input.number(UNITS.length() - 1);
          char letter = UNITS.charAt(unit);
          assertSize(count + "" + letter, count, 1024, unit + 1);
          assertSize(count + "" + letter + "iB", count, 1024, unit + 1);
          assertSize(count + "" + Character.toUpperCase(letter) + "B", count, 1000, unit + 1);
        });
  }

  private static void assertSize(String text, long count, int base, int power) {
    BigInteger bytes = BigInteger.valueOf(base).pow(power).multiply(BigInteger.valueOf(count));
    if (bytes.bitLength() < Long.SIZE) {
      assertThat(new Sizes().convert(text)).isEqualTo(bytes.longValueExact());
    }
  }

  @Test
  void durationsAddUp() {
    Generated.cases(
        1000,
        input -> {
          int days = input.number(9999);
          int minutes = input.number(9999);
          int millis = input.number(9999);
          assertThat(new Durations().convert(days + "d" + minutes + "m" + millis + "ms"))
              .isEqualTo(Duration.ofDays(days).plusMinutes(minutes).plusMillis(millis));
        });
  }

  @Test
  void momentsAreReadBack() {
    Generated.cases(
        1000,
        input -> {
          Instant moment = Instant.ofEpochSecond(input.number(4_000_000_000L));
          assertThat(new Instants().convert(moment.toString())).isEqualTo(moment);
          assertThat(new Instants().convert(moment.toString().substring(0, 10)))
              .isEqualTo(moment.truncatedTo(ChronoUnit.DAYS));
        });
  }

  @Test
  void literalKeysStayAsTheyAre() {
    Generated.cases(1000, input -> staysAsItIs(input.text(255)));
  }

  private static void staysAsItIs(String key) {
    String text = "s3://bucket/" + key;
    Target raw = Targets.parse(text, true).getFirst();
    assertThat(raw).hasToString(text);
    assertThat(raw)
        .isInstanceOf(key.isEmpty() || key.endsWith("/") ? Target.Listed.class : Target.Key.class);
  }
}
