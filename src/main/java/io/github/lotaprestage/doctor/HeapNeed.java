package io.github.lotaprestage.doctor;

/// The heap that a run needs. The smallest heaps in which runs over `http://` ended were measured
/// with the packaged program: 9 MiB with 10 HEADs in flight, 17 with 300, 25 with 1,000, and 40
/// with 3,000. The number of objects does not matter. This is at least one and a half times as
/// much, so that a run does not spend its time on collecting garbage.
final class HeapNeed {

  private static final long BASE = 24L << 20;
  private static final long PER_HEAD = 16L << 10;

  private HeapNeed() {}

  /// @return bytes
  static long of(int concurrency) {
    return BASE + concurrency * PER_HEAD;
  }
}
