package io.github.lotaprestage.engine.pace;

import java.util.Arrays;

/// Requests sent and requests throttled, over the last moments.
final class Recent {

  private final long bucketNanos;
  private final long[] sent;
  private final long[] throttled;
  private long newest = Long.MIN_VALUE;
  private long began = Long.MIN_VALUE;

  /// Covers between `buckets - 1` and `buckets` times the length of a bucket.
  Recent(long bucketNanos, int buckets) {
    this.bucketNanos = bucketNanos;
    this.sent = new long[buckets];
    this.throttled = new long[buckets];
  }

  void sent(long now, long requests) {
    sent[bucket(now)] += requests;
  }

  void throttled(long now) {
    throttled[bucket(now)]++;
  }

  long sent() {
    return sum(sent);
  }

  long throttled() {
    return sum(throttled);
  }

  /// Requests a second that were not throttled; over at least 0.75 s.
  double acceptedPerSecond(long now) {
    int _ = bucket(now);
    long covered =
        Math.min(now - began, (sent.length - 1) * bucketNanos + Math.floorMod(now, bucketNanos));
    return Math.max(0, sent() - throttled()) * 1e9 / Math.max(750_000_000L, covered);
  }

  void clear() {
    Arrays.fill(sent, 0);
    Arrays.fill(throttled, 0);
  }

  private static long sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  private int bucket(long now) {
    long number = Math.floorDiv(now, bucketNanos);
    if (newest == Long.MIN_VALUE) {
      began = now;
      newest = number;
    }
    for (int i = 0; newest < number && i < sent.length; i++) {
      newest++;
      sent[Math.floorMod(newest, sent.length)] = 0;
      throttled[Math.floorMod(newest, sent.length)] = 0;
    }
    newest = Math.max(newest, number);
    return Math.floorMod(newest, sent.length);
  }
}
