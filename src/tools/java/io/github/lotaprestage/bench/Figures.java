package io.github.lotaprestage.bench;

import java.math.BigDecimal;
import java.math.MathContext;

/// Numbers for people.
final class Figures {

  private Figures() {}

  /// Three digits, without an exponent.
  static String rounded(double value) {
    return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }
}
