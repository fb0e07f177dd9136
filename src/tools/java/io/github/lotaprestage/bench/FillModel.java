package io.github.lotaprestage.bench;

import java.util.Comparator;
import java.util.PriorityQueue;

/// How long fills take: each waits for the latency and is then served at the bandwidth of a stream,
/// or at its equal share of the total where that is less.
///
/// Bytes are counted on a clock of service: all streams are served at the same rate, so a fill ends
/// when the service of one stream since its start has reached its size.
///
/// @param <T> what waits for a fill
final class FillModel<T> {

  /// @param latencyNanos before the first byte, on average
  /// @param streamBytesPerSecond most that one fill gets
  /// @param totalBytesPerSecond most that all fills get together
  record Speed(long latencyNanos, double streamBytesPerSecond, double totalBytesPerSecond) {

    static final Speed INSTANT = new Speed(0, Double.MAX_VALUE, Double.MAX_VALUE);

    /// No schedule is faster: neither the total bandwidth, nor the places for fills, nor the
    /// largest object can be beaten.
    double lowerBoundSeconds(long objects, long totalBytes, long largestBytes, int concurrency) {
      double latency = latencyNanos / 1e9;
      double places = (objects * latency + totalBytes / streamBytesPerSecond) / concurrency;
      return Math.max(
          Math.max(latency + totalBytes / totalBytesPerSecond, places),
          latency + largestBytes / streamBytesPerSecond);
    }
  }

  private record Fill<T>(T owner, double end) {}

  private final Speed speed;
  private final PriorityQueue<Fill<T>> fills =
      new PriorityQueue<>(Comparator.comparingDouble(Fill<T>::end));
  private double service;
  private long updated;

  FillModel(Speed speed) {
    this.speed = speed;
  }

  /// Starts a fill whose latency is over.
  void start(T owner, long bytes, long now) {
    advance(now);
    fills.add(new Fill<>(owner, service + bytes));
  }

  /// When the next fill ends if nothing else starts; `Long.MAX_VALUE` where there is none.
  long nextEnd(long now) {
    advance(now);
    Fill<T> first = fills.peek();
    return first == null
        ? Long.MAX_VALUE
        : now + (long) Math.ceil(Math.max(0, first.end() - service) / rate() * 1e9);
  }

  /// Ends a fill that is done; null where there is none.
  @org.jspecify.annotations.Nullable T poll(long now) {
    advance(now);
    Fill<T> first = fills.peek();
    if (first == null || first.end() > service + 0.5) {
      return null;
    }
    fills.remove();
    return first.owner();
  }

  private void advance(long now) {
    if (!fills.isEmpty()) {
      service += rate() * (now - updated) / 1e9;
    }
    updated = now;
  }

  private double rate() {
    return Math.min(speed.streamBytesPerSecond(), speed.totalBytesPerSecond() / fills.size());
  }
}
