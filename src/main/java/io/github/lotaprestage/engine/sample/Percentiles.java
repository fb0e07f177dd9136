package io.github.lotaprestage.engine.sample;

import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// The distribution of a few exact values, by the nearest-rank method.
public record Percentiles(long min, long p10, long p50, long p90, long p99, long max) {

  /// @return null if there are no items
  static <T> @Nullable Percentiles of(List<T> items, ToLongFunction<T> value) {
    if (items.isEmpty()) {
      return null;
    }
    long[] sorted = items.stream().mapToLong(value).sorted().toArray();
    return new Percentiles(
        sorted[0],
        rank(sorted, 10),
        rank(sorted, 50),
        rank(sorted, 90),
        rank(sorted, 99),
        sorted[sorted.length - 1]);
  }

  private static long rank(long[] sorted, int percent) {
    return sorted[Math.ceilDiv(sorted.length * percent, 100) - 1];
  }
}
