package io.github.lotaprestage.engine.pace;

/// The share of requests that the store throttles by chance, however few are sent. One bad backend
/// of three does that. Lowering a limit does not lower this share; it only slows the run down.
///
/// It is learned from samples that are taken while a limit is lowered step by step: if the share of
/// throttled requests did not fall between two samples, it is the usual one. A share above
/// [#MAX_SHARE] is never usual, because a limit that was reached refuses nearly everything.
///
/// Example: if half of the requests are throttled at 30 a second and still at 15 a second, half is
/// the usual share, and only a larger one shows that there is a limit.
///
/// Callers provide the locking.
final class UsualShare {

  /// A larger share of throttled requests is the work of a limit.
  static final double MAX_SHARE = 0.75;

  /// A smaller share is too little to learn from.
  private static final double LEAST = 0.15;

  /// A sample with less than this part of the share in the previous sample has fallen.
  private static final double FALLEN = 0.6;

  /// Shares that differ by less than this are the same.
  private static final double NOISE = 0.1;

  private double usual;
  private double previous;

  /// Takes the share that was throttled in a sample, after a limit was lowered.
  ///
  /// @return whether a larger usual share than before was learned
  boolean lowered(double share) {
    if (share > MAX_SHARE || share < LEAST || share < FALLEN * previous || previous == 0) {
      previous = share > MAX_SHARE || share < LEAST ? 0 : share;
      return false;
    }
    double mean = (previous + share) / 2;
    previous = 0;
    if (mean < usual + NOISE) {
      return false;
    }
    usual = mean;
    return true;
  }

  /// The limit was raised again, so the next sample has no predecessor.
  void raised() {
    previous = 0;
  }

  /// Takes the share that is throttled of many requests without a limit; it may have become less.
  void seen(double share) {
    usual = share < usual - NOISE ? share : usual;
  }

  boolean isKnown() {
    return usual > 0;
  }

  /// The usual share and `more`.
  double plus(double more) {
    return usual + more;
  }
}
