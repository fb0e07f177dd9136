package io.github.lotaprestage.report.plan;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/// What staging costs more in the 30 days after it, at most: an object that is Cold and is not read
/// again is Hot for 7 days and Warm for 23, instead of Cold for 30.
///
/// Source: CoreWeave's list prices for AI Object Storage.
final class Cost {

  private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);

  /// USD per GiB: (7 x 0.06 + 23 x 0.03) / 30 - 0.015.
  private static final BigDecimal PRICE = new BigDecimal("0.022");

  /// In sentences.
  static final List<String> ASSUMPTIONS =
      List.of(
          "Every object is Cold now and is not read again for 30 days.",
          "So it is Hot for 7 days and Warm for 23, instead of Cold for 30.",
          "USD per GiB and 30 days (list, 2026-11-25): Hot 0.06, Warm 0.03, Cold 0.015.");

  private Cost() {}

  /// To the cent.
  static BigDecimal of(BigInteger bytes) {
    return new BigDecimal(bytes).multiply(PRICE).divide(GIB, 2, RoundingMode.HALF_UP);
  }
}
