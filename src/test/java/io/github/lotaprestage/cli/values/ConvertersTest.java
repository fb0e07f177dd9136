package io.github.lotaprestage.cli.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lotaprestage.plan.target.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ConvertersTest {

  private static final Instant NOW = Instant.parse("2026-03-08T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1048576, 1048576",
    "100b, 100",
    "512k, 524288",
    "512K, 524288",
    "512kB, 512000",
    "16MiB, 16777216",
    "16Mi, 16777216",
    "16 MiB, 16777216",
    "1GB, 1000000000",
    "1.5GiB, 1610612736",
    "1TiB, 1099511627776",
    "7e, 8070450532247928832",
  })
  void sizes(String text, long bytes) {
    assertThat(new Sizes().convert(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "big", "-1", "1XB", "1 2", "MiB", "0x10", "1,5k", "1kk"})
  void noSizes(String text) {
    assertThatThrownBy(() -> new Sizes().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("a size, such as");
  }

  @ParameterizedTest
  @ValueSource(strings = {"8e", "8EiB", "10EB", "99999999999999999999"})
  void aSizeThatIsTooLarge(String text) {
    assertThatThrownBy(() -> new Sizes().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("must be less than 8EiB, not '%s'", text);
  }

  @ParameterizedTest
  @CsvSource({
    "30s, PT30S",
    "1h30m, PT1H30M",
    "7d, PT168H",
    "20000w, PT876000H", // as long as any
    "P400000000000D, PT876000H",
    "2w, PT336H",
    "500ms, PT0.5S",
    "PT36H, PT36H",
    "P1DT1H, PT25H",
  })
  void durations(String text, Duration duration) {
    assertThat(new Durations().convert(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "s", "-5s", "-PT5S", "1y", "1h 30m", "soon"})
  void noDurations(String text) {
    assertThatThrownBy(() -> new Durations().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("a duration, such as");
  }

  @ParameterizedTest
  @CsvSource({
    "7d, 2026-03-01T12:00:00Z",
    "36h, 2026-03-07T00:00:00Z",
    "P1D, 2026-03-07T12:00:00Z",
    "2026-03-01, 2026-03-01T00:00:00Z",
    "2026-03-01T10:00, 2026-03-01T10:00:00Z",
    "2026-03-01T10:00:30, 2026-03-01T10:00:30Z",
    "2026-03-01T10:00:30.500Z, 2026-03-01T10:00:30.500Z",
    "2026-03-01T10:00:00+02:00, 2026-03-01T08:00:00Z",
  })
  void instants(String text, Instant instant) {
    assertThat(new Instants(Clock.fixed(NOW, ZoneOffset.UTC)).convert(text)).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2026-13-01", "2026-02-30", "2026-03-01 10:00", "12:00"})
  void noInstants(String text) {
    assertThatThrownBy(() -> new Instants().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("an age, such as");
  }

  @Test
  void targetsAreKeysPrefixesOrWildcards() {
    assertThat(Targets.parse("s3://bkt/a/b.tar", false))
        .containsExactly(new Target.Key("bkt", "a/b.tar"));
    assertThat(Targets.parse("s3://bkt/a/", false))
        .containsExactly(Target.Listed.below("bkt", "a/"));
    assertThat(Targets.parse("s3://bkt", false)).containsExactly(Target.Listed.below("bkt", ""));
    assertThat(Targets.parse("s3://bkt/", false)).containsExactly(Target.Listed.below("bkt", ""));
    assertThat(Targets.parse("s3://bkt/a%2Fb+c d", false))
        .containsExactly(new Target.Key("bkt", "a%2Fb+c d"));
    assertThat(Targets.parse("s3://bkt//a", false)).containsExactly(new Target.Key("bkt", "/a"));
  }

  @Test
  void wildcardsListFromWhatStandsBeforeThem() {
    Target.Listed tars = (Target.Listed) Targets.parse("s3://bkt/d/x*.tar", false).getFirst();
    assertThat(tars.prefix()).isEqualTo("d/x");
    assertThat(tars.covers("d/x1/y.tar")).isTrue();
    assertThat(tars.covers("d/x1.txt")).isFalse();
    Target.Listed below = (Target.Listed) Targets.parse("s3://bkt/d?/", false).getFirst();
    assertThat(below.covers("d1/a/b")).isTrue();
    assertThat(below.covers("d12/a")).isFalse();
  }

  @Test
  void rawTargetsAreLiteral() {
    assertThat(Targets.parse("s3://bkt/a*?", true)).containsExactly(new Target.Key("bkt", "a*?"));
    assertThat(Targets.parse("s3://bkt/a*/", true))
        .containsExactly(Target.Listed.below("bkt", "a*/"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bkt/key", "/bkt/key", "https://bkt/key", "S3//bkt", "s3://b*/key", ""})
  void noTargets(String text) {
    assertThatThrownBy(() -> Targets.parse(text, false))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
