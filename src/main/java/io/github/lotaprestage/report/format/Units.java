package io.github.lotaprestage.report.format;

/// Formats numbers and amounts for people.
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

  /// `2,000`
  public static String count(long number) {
    String digits = Long.toString(number);
    StringBuilder grouped = new StringBuilder(digits);
    for (int i = digits.length() - 3; i > 0; i -= 3) {
      grouped.insert(i, ',');
    }
    return grouped.toString();
  }

  /// `1 object`, `2,000 objects`
  public static String objects(long number) {
    return count(number) + (number == 1 ? " object" : " objects");
  }

  /// `0.3`, `12`, `4,100`
  public static String rate(double perSecond) {
    return perSecond < 10 ? fixed(perSecond, 10) : count(Math.round(perSecond));
  }

  /// Formats a decimal number without `String.format`, whose classes delay the start.
  ///
  /// @param parts 10 for one digit after the point, 1000 for three
  static String fixed(double value, int parts) {
    long rounded = Math.round(value * parts);
    return rounded / parts + "." + Long.toString(parts + rounded % parts).substring(1);
  }
}
