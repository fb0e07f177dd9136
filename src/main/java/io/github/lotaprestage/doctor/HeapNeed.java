package io.github.lotaprestage.doctor;

/// An estimate of the heap that a run needs.
final class HeapNeed {

  private static final long BASE = 24L << 20;
  private static final long PER_HEAD = 32L << 10;

  private HeapNeed() {}

  /// @return bytes
  static long of(int concurrency) {
    return BASE + concurrency * PER_HEAD;
  }
}
