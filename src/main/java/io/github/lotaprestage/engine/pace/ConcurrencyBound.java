package io.github.lotaprestage.engine.pace;

/// How many requests the store accepts at once, as learned from its answers.
///
/// - It starts at the maximum: a fill may take minutes, so a slow start would take too long.
/// - A throttled request lowers it by one, so one round trip shrinks the bound by the share of its
///   requests that were throttled, and by no more than needed.
/// - Any other answer raises it by a fifth. At a steady limit of the store at most one request in
///   six is throttled, and after a storm the bound doubles in four round trips.
/// - If half of the requests at once are throttled as often as all of them were, the store does so
///   by chance, see [UsualShare]. Then other answers raise the bound by more, so that it only
///   shrinks if another sixth is throttled.
///
/// Callers provide the locking.
final class ConcurrencyBound {

  /// If this share is throttled, the bound stays as it is.
  private static final double STEADY = 1.0 / 6;

  private static final int SAMPLE = 24;

  /// Answers that show the share well.
  private static final int MANY = 200;

  private final int most;
  private final UsualShare usual = new UsualShare();
  private double bound;

  private double sampleFrom;
  private int sampled;
  private int sampledThrottled;

  ConcurrencyBound(int most) {
    this.most = most;
    this.bound = most;
    this.sampleFrom = most;
  }

  void answered(boolean throttled) {
    double steady = usual.plus(STEADY);
    bound = throttled ? Math.max(1, bound - 1) : Math.min(most, bound + steady / (1 - steady));
    sampled++;
    sampledThrottled += throttled ? 1 : 0;
    double share = (double) sampledThrottled / sampled;
    if (sampled >= SAMPLE && bound <= Math.max(2, sampleFrom / 2)) {
      boolean _ = usual.lowered(share);
      nextSample();
    } else if (sampled >= MANY && bound >= sampleFrom) {
      usual.raised();
      usual.seen(share);
      nextSample();
    }
  }

  private void nextSample() {
    sampleFrom = bound;
    sampled = 0;
    sampledThrottled = 0;
  }

  int now() {
    return (int) bound;
  }
}
