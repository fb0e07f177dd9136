package io.github.lotaprestage.report.plan;

import io.github.lotaprestage.report.format.Units;

/// Shows how much of the cache a run takes, in ASCII.
final class CacheBar {

  private static final int WIDTH = 30;

  private CacheBar() {}

  /// `[###############...............] 50 % of 8.0 GiB`; if it is too much, the bar is what the run
  /// takes, and the capacity is marked in it: `[#########|####################] 312 % of 8.0 GiB`.
  static String of(StagingPlan.Cache cache) {
    double share = (double) cache.used() / cache.capacity();
    return "[" + bar(cache, share) + "] " + part(cache, share) + Units.bytes(cache.capacity());
  }

  private static String bar(StagingPlan.Cache cache, double share) {
    if (cache.overfull()) {
      int fits = (int) (WIDTH / share);
      return "#".repeat(fits) + "|" + "#".repeat(WIDTH - fits);
    }
    int taken = (int) (WIDTH * Math.min(share, 1));
    int shown = cache.used() > 0 ? Math.max(1, taken) : 0;
    return "#".repeat(shown) + ".".repeat(WIDTH - shown);
  }

  /// Never 100 % of a cache that is not full, or overfull.
  private static String part(StagingPlan.Cache cache, double share) {
    if (share >= 1000) {
      return "1000+ times ";
    }
    if (share >= 10) {
      return Units.rate(share) + " times ";
    }
    return (long) (cache.overfull() ? Math.floor(share * 100) + 1 : Math.min(100, share * 100))
        + " % of ";
  }
}
