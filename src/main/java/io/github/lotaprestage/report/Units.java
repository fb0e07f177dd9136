package io.github.lotaprestage.report;

import java.time.Duration;
import java.util.Locale;

/// Numbers as a person reads them.
final class Units {

  private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private Units() {}

  /// `512 B`, `1.5 KiB`, `5.0 GiB`
  static String bytes(double bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1023.95 && unit < BINARY.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0
        ? (long) value + " B"
        : String.format(Locale.ROOT, "%.1f %s", value, BINARY[unit]);
  }

  /// `0.004 s`, `75.2 s`, `2 h 03 min`
  static String seconds(Duration duration) {
    double seconds = duration.toNanos() / 1e9;
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.3f s", seconds);
    }
    if (seconds < 600) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    return duration.toHours() == 0
        ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
        : String.format(Locale.ROOT, "%d h %02d min", duration.toHours(), duration.toMinutesPart());
  }

  /// `0.3`, `12`, `4100`
  static String rate(double perSecond) {
    return String.format(Locale.ROOT, perSecond < 10 ? "%.1f" : "%.0f", perSecond);
  }
}
