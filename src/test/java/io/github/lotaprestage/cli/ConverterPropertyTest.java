package io.github.lotaprestage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.plan.Target;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import picocli.CommandLine.TypeConversionException;

/// Whatever is typed is either understood or refused in words, and what is understood is meant.
class ConverterPropertyTest {

  private static final Instant NOW = Instant.parse("2026-03-08T12:00:00Z");
  private static final String UNITS = "kmgtpe";

  /// Strings that look like what converters read, and strings that do not.
  @Provide
  Arbitrary<String> anything() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(60),
        Arbitraries.strings().withChars("0123456789.-+:TZPkmgtpeibswhd ").ofMaxLength(25),
        Arbitraries.strings().withChars("s3:/*?ab.\n\u0000é").ofMaxLength(40),
        Arbitraries.strings().withChars("1s").ofLength(100_000).edgeCases(edges -> edges.none()));
  }

  @Property(tries = 2000)
  void whateverIsTypedIsUnderstoodOrRefused(@ForAll("anything") String text) {
    try {
      assertThat(new Sizes().convert(text)).isNotNegative();
    } catch (TypeConversionException e) {
      assertThat(e).hasMessageContaining("a size, such as");
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
      assertThat(Targets.parse(text, false).toString()).startsWith("s3://");
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Property
  void sizesAreExact(
      @ForAll @LongRange(min = 0, max = 1L << 40) long count, @ForAll @IntRange(max = 5) int unit) {
    char letter = UNITS.charAt(unit);
    assertSize(count + "" + letter, count, 1024, unit + 1);
    assertSize(count + "" + letter + "iB", count, 1024, unit + 1);
    assertSize(count + "" + Character.toUpperCase(letter) + "B", count, 1000, unit + 1);
  }

  private static void assertSize(String text, long count, int base, int power) {
    BigInteger bytes = BigInteger.valueOf(base).pow(power).multiply(BigInteger.valueOf(count));
    if (bytes.bitLength() < Long.SIZE) {
      assertThat(new Sizes().convert(text)).isEqualTo(bytes.longValueExact());
    }
  }

  @Property
  void durationsAddUp(
      @ForAll @IntRange(max = 9999) int days,
      @ForAll @IntRange(max = 9999) int minutes,
      @ForAll @IntRange(max = 9999) int millis) {
    assertThat(new Durations().convert(days + "d" + minutes + "m" + millis + "ms"))
        .isEqualTo(Duration.ofDays(days).plusMinutes(minutes).plusMillis(millis));
  }

  @Property
  void momentsAreReadBack(@ForAll @LongRange(min = 0, max = 4_000_000_000L) long second) {
    Instant moment = Instant.ofEpochSecond(second);
    assertThat(new Instants().convert(moment.toString())).isEqualTo(moment);
    assertThat(new Instants().convert(moment.toString().substring(0, 10)))
        .isEqualTo(moment.truncatedTo(ChronoUnit.DAYS));
  }

  @Property
  void literalKeysStayAsTheyAre(@ForAll String key) {
    String text = "s3://bucket/" + key;
    Target raw = Targets.parse(text, true);
    assertThat(raw).hasToString(text);
    assertThat(raw)
        .isInstanceOf(key.isEmpty() || key.endsWith("/") ? Target.Listed.class : Target.Key.class);
  }
}
