package io.github.lotaprestage.report.plan;

import java.time.Duration;

/// Formats times that are planned, which are not exact.
final class Span {

  private static final long LONGEST_DAYS = 36_500;

  private Span() {}

  /// `less than 1 s`, `4 s`, `1 min 15 s`, `20 min`, `2 h 3 min`, `3 d 4 h`
  static String of(Duration time) {
    if (time.compareTo(Duration.ofSeconds(1)) < 0) {
      return "less than 1 s";
    }
    Duration whole = time.plusMillis(500);
    if (whole.compareTo(Duration.ofMinutes(1)) < 0) {
      return whole.toSeconds() + " s";
    }
    if (whole.compareTo(Duration.ofHours(1)) < 0) {
      return parts(whole.toMinutes(), " min", whole.toSecondsPart(), " s");
    }
    if (whole.compareTo(Duration.ofDays(1)) < 0) {
      return parts(whole.toHours(), " h", whole.toMinutesPart(), " min");
    }
    return whole.toDays() > LONGEST_DAYS
        ? "more than 100 years"
        : parts(whole.toDays(), " d", whole.toHoursPart(), " h");
  }

  private static String parts(long large, String unit, int small, String smallUnit) {
    return large + unit + (small == 0 ? "" : " " + small + smallUnit);
  }
}
