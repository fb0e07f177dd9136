package io.github.lotaprestage.report.format;

import java.time.Duration;

/// Formats durations for people. From a minute on, the two largest units are shown, rounded.
public final class Times {

  private static final long MAX_DAYS = 36_500;

  private Times() {}

  /// A time that was measured: `0.004 s`, `75.2 s`, `11 min 5 s`, `2 h 3 min`.
  public static String measured(Duration time) {
    double seconds = time.toNanos() / 1e9;
    return seconds < 600 ? Units.fixed(seconds, seconds < 10 ? 1000 : 10) + " s" : inTwoUnits(time);
  }

  /// A time that somebody chose or that is still to come: `1.5 s`, `10 s`, `1 min 30 s`, `20 min`,
  /// `3 d 4 h`.
  public static String rounded(Duration time) {
    if (time.compareTo(Duration.ofMillis(59_500)) >= 0) {
      return inTwoUnits(time);
    }
    long tenths = (time.toMillis() + 50) / 100;
    if (tenths == 0 && !time.isZero()) {
      return "less than 0.1 s";
    }
    return tenths >= 100 || tenths % 10 == 0
        ? (tenths + 5) / 10 + " s"
        : tenths / 10 + "." + tenths % 10 + " s";
  }

  private static String inTwoUnits(Duration time) {
    if (time.toDays() > MAX_DAYS) {
      return "more than 100 years";
    }
    long seconds = time.plusMillis(500).toSeconds();
    if (seconds < 3600) {
      return two(seconds / 60, " min", seconds % 60, " s");
    }
    long minutes = (seconds + 30) / 60;
    if (minutes < 24 * 60) {
      return two(minutes / 60, " h", minutes % 60, " min");
    }
    long hours = (minutes + 30) / 60;
    return two(hours / 24, " d", hours % 24, " h");
  }

  private static String two(long large, String unit, long small, String smallUnit) {
    return large + unit + (small == 0 ? "" : " " + small + smallUnit);
  }
}
