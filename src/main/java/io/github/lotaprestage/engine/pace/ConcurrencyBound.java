package io.github.lotaprestage.engine.pace;

/// How many requests the store accepts at once, as learned from its answers.
///
/// - It starts at the maximum: a fill may take minutes, so there is no time for a slow start.
/// - A throttled request lowers it by one, so one round trip shrinks the bound by the share of its
///   requests that were throttled, and by no more than needed.
/// - Any other answer raises it by a fifth. At a steady limit of the store at most one request in
///   six is sent in vain, and after a storm the bound doubles in four round trips.
///
/// Callers provide the locking.
final class ConcurrencyBound {

  private static final double RAISE = 0.2;

  private final int most;
  private double bound;

  ConcurrencyBound(int most) {
    this.most = most;
    this.bound = most;
  }

  void answered(boolean throttled) {
    bound = throttled ? Math.max(1, bound - 1) : Math.min(most, bound + RAISE);
  }

  int now() {
    return (int) bound;
  }
}
