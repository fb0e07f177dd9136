package io.github.lotaprestage.engine.pace;

/// Admits objects so that no more bytes a second begin to be filled than the user allows: a token
/// bucket that holds a quarter of a second.
///
/// - An object that is larger than the bucket is admitted when the bucket is full, and is paid for
///   afterwards. So it delays the next objects, and not itself.
/// - An object of unknown size counts as empty until its size is known: it waits only for what is
///   not paid for yet.
/// - An object is paid for once, however often it is sent.
///
/// How fast LOTA fills really is not known here, so the rate is an estimate. Callers provide the
/// locking.
final class FillRate {

  private static final long BURST_NANOS = 250_000_000;

  /// More than a century of debt makes no difference, and sums do not overflow.
  private static final long MAX_NANOS = Long.MAX_VALUE / 4;

  private final double nanosPerByte;

  /// When everything that was admitted is paid for.
  private long paidAt;

  /// @param bytesPerSecond 0 for no limit
  FillRate(long bytesPerSecond, long now) {
    this.nanosPerByte = bytesPerSecond == 0 ? 0 : 1e9 / bytesPerSecond;
    this.paidAt = now;
  }

  /// Whether [#delay] may be more than 0.
  boolean limits() {
    return nanosPerByte > 0;
  }

  /// How many nanoseconds from `now` an object has to wait; not positive if it may be sent.
  ///
  /// @param size in bytes; 0 if it is not known yet
  long delay(long size, long now) {
    return limits() ? paidAt - now - (BURST_NANOS - Math.min(cost(size), BURST_NANOS)) : 0;
  }

  /// Pays for an object that is sent for the first time, or whose size has become known.
  ///
  /// @param size in bytes
  void pay(long size, long now) {
    if (limits()) {
      paidAt = now + Math.min(MAX_NANOS, Math.max(0, paidAt - now) + cost(size));
    }
  }

  private long cost(long size) {
    return Math.min(MAX_NANOS, Math.round(size * nanosPerByte));
  }
}
