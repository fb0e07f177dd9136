package io.github.lotaprestage.report.plan;

import java.math.BigInteger;

/// Adds up objects and their bytes, without a limit.
final class Sum {

  private long objects;
  private long bytes;

  /// How often `bytes` went beyond the largest long.
  private long wraps;

  void add(long size) {
    objects++;
    bytes += size;
    if (bytes < 0) {
      bytes &= Long.MAX_VALUE;
      wraps++;
    }
  }

  BigInteger exactBytes() {
    return BigInteger.valueOf(wraps).shiftLeft(Long.SIZE - 1).add(BigInteger.valueOf(bytes));
  }

  Amount amount() {
    return new Amount(objects, wraps == 0 ? bytes : Long.MAX_VALUE);
  }
}
