package io.github.lotaprestage.report.format;

import java.time.Duration;

/// Formats numbers for people.
public final class Units {

  private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private Units() {}

  /// `512 B`, `1.5 KiB`, `5.0 GiB`
  public static String bytes(double bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1023.95 && unit < BINARY.length - 1) {
      value /= 1024;
      unit++;
    }
    return (unit == 0 ? Long.toString((long) value) : fixed(value, 10)) + " " + BINARY[unit];
  }

  /// `0.004 s`, `75.2 s`, `2 h 03 min`
  public static String seconds(Duration duration) {
    double seconds = duration.toNanos() / 1e9;
    if (seconds < 600) {
      return fixed(seconds, seconds < 10 ? 1000 : 10) + " s";
    }
    return duration.toHours() == 0
        ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
        : duration.toHours()
            + (duration.toMinutesPart() < 10 ? " h 0" : " h ")
            + duration.toMinutesPart()
            + " min";
  }

  /// `10 s`, `1.5 s`, `1 min 30 s`, `12 min`, `2 h 03 min`: rounded, for a time that is still to
  /// come.
  public static String shortTime(Duration duration) {
    if (duration.toMillis() < 60_000) {
      return duration.toMillis() % 1000 == 0
          ? duration.toSeconds() + " s"
          : fixed(duration.toMillis() / 1e3, 10) + " s";
    }
    if (duration.toMinutes() < 10 && duration.toSecondsPart() > 0) {
      return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
    return duration.toMinutes() < 60
        ? duration.toMinutes() + " min"
        : duration.toHours()
            + (duration.toMinutesPart() < 10 ? " h 0" : " h ")
            + duration.toMinutesPart()
            + " min";
  }

  /// `2,000`
  public static String count(long number) {
    String digits = Long.toString(number);
    StringBuilder grouped = new StringBuilder(digits);
    for (int i = digits.length() - 3; i > 0; i -= 3) {
      grouped.insert(i, ',');
    }
    return grouped.toString();
  }

  /// `0.3`, `12`, `4100`
  public static String rate(double perSecond) {
    return perSecond < 10 ? fixed(perSecond, 10) : Long.toString(Math.round(perSecond));
  }

  /// Formats a decimal number without `String.format`, whose classes delay the start.
  ///
  /// @param parts 10 for one digit after the point, 1000 for three
  private static String fixed(double value, int parts) {
    long rounded = Math.round(value * parts);
    return rounded / parts + "." + Long.toString(parts + rounded % parts).substring(1);
  }
}
