package io.github.lotaprestage.cli.values;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Durations: `30s`, `1h30m`, `7d`, `500ms`, or ISO-8601 such as `PT36H`.
public final class Durations implements ITypeConverter<Duration> {

  private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|[smhdw])");
  private static final Pattern WHOLE = Pattern.compile("(?:" + PART.pattern() + ")+");

  /// More makes no sense, and the expression recurses.
  private static final int LONGEST = 100;

  @Override
  public Duration convert(String text) {
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
      Duration iso = Duration.parse(plain);
      if (!iso.isNegative()) {
        return iso;
      }
    } catch (DateTimeParseException e) {
      throw invalid(text, e);
    }
    throw invalid(text, null);
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

  private static TypeConversionException invalid(String text, @Nullable Throwable cause) {
    return Values.invalid("a duration, such as 30s, 1h30m or 7d", text, cause);
  }
}
