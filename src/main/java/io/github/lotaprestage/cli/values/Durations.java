package io.github.lotaprestage.cli.values;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations: `30s`, `1h30m`, `7d`, `500ms`, or ISO-8601 such as `PT36H`.
public final class Durations implements Converter<Duration> {

  private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|[smhdw])");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
  private static final Pattern WHOLE = Pattern.compile("(?:" + PART.pattern() + ")+");

  /// Longer text makes no sense, and the expression recurses.
  private static final int LONGEST = 100;

  /// Longer durations mean the same, and could not be added to the present time.
  private static final Duration FOREVER = Duration.ofDays(100 * 365);

  private final boolean positive;

  public Durations() {
    this(false);
  }

  private Durations(boolean positive) {
    this.positive = positive;
  }

  /// Without zero.
  public static Durations positive() {
    return new Durations(true);
  }

  @Override
  public String accepts() {
    return "a duration" + (positive ? " greater than zero" : "") + ", such as 30s, 1h30m or 7d";
  }

  @Override
  public Duration convert(String text) {
    Duration duration = parse(text);
    if (duration.isNegative() || (positive && duration.isZero())) {
      throw invalid(text, null);
    }
    return duration.compareTo(FOREVER) > 0 ? FOREVER : duration;
  }

  /// A number without a unit is almost right.
  @Override
  public String hint(String text) {
    return NUMBER.matcher(text.strip()).matches() && !text.strip().matches("0+")
        ? "; write " + text.strip() + "s for seconds"
        : "";
  }

  private Duration parse(String text) {
    String plain = text.strip().toLowerCase(Locale.ROOT);
    if (plain.length() <= LONGEST && WHOLE.matcher(plain).matches()) {
      Duration sum = Duration.ZERO;
      Matcher part = PART.matcher(plain);
      while (part.find()) {
        sum = sum.plusMillis(milliseconds(part.group(2)) * Long.parseLong(part.group(1)));
      }
      return sum;
    }
    try {
      return Duration.parse(plain);
    } catch (DateTimeParseException e) {
      throw invalid(text, e);
    }
  }

  private static long milliseconds(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1000;
      case "m" -> 60 * 1000;
      case "h" -> 60 * 60 * 1000;
      case "d" -> 24 * 60 * 60 * 1000;
      default -> 7 * 24 * 60 * 60 * 1000;
    };
  }
}
