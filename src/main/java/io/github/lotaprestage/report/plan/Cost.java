package io.github.lotaprestage.report.plan;

import java.math.BigInteger;
import java.util.List;

/// What staging costs more in the 30 days after it, at most: an object that is Cold and is not read
/// again is Hot for 7 days and Warm for 23, instead of Cold for 30.
///
/// It is computed without `BigDecimal`, whose tables take 10 ms to compute.
///
/// Source: CoreWeave's list prices for AI Object Storage.
final class Cost {

  /// USD per 1,000 GiB: 1,000 x ((7 x 0.06 + 23 x 0.03) / 30 - 0.015).
  private static final BigInteger PRICE = BigInteger.valueOf(22);

  /// Bytes for which this is the price in cents.
  private static final BigInteger UNIT = BigInteger.valueOf(10L << 30);

  private static final BigInteger HUNDRED = BigInteger.valueOf(100);

  /// In sentences.
  static final List<String> ASSUMPTIONS =
      List.of(
          "Every object is Cold now and is not read again for 30 days.",
          "So it is Hot for 7 days and Warm for 23, instead of Cold for 30.",
          "USD per GiB and 30 days (list, 2026-11-25): Hot 0.06, Warm 0.03, Cold 0.015.");

  private Cost() {}

  /// In USD, to the cent, such as `1.20`.
  static String of(BigInteger bytes) {
    BigInteger cents = bytes.multiply(PRICE).add(UNIT.shiftRight(1)).divide(UNIT);
    String digits = cents.add(HUNDRED).toString(); // at least three
    int point = digits.length() - 2;
    return cents.divide(HUNDRED) + "." + digits.substring(point);
  }
}
