package io.github.lotaprestage.bench;

import java.math.BigDecimal;
import java.math.MathContext;

/// Numbers for people.
final class Figures {

  private Figures() {}

  /// Three digits, without an exponent; a dash for a ratio to a time too short to be measured.
  static String rounded(double value) {
    if (!Double.isFinite(value)) {
      return "-";
    }
    return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }
}
