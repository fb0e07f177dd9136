package io.github.lotaprestage.engine.pace;

import java.util.concurrent.atomic.LongAdder;

/// How many requests a second the store accepts, as learned from its answers. Fewer requests at
/// once ([ConcurrencyBound]) do not help against a limit on requests per second.
///
/// - Until the store throttles a good share of the requests, nothing is limited, but for the first
///   few hundred requests, which take some tens of milliseconds: the first refusals shall come
///   before all of them are sent.
/// - Then the rate is cut to 0.7 of what was accepted. At first it doubles every 100 ms, in case
///   the limit was one on concurrency; once more requests were throttled it grows back along a
///   cubic curve, as the AWS SDK's adaptive mode does: slowly near the last rate that was too much,
///   and faster beyond it.
/// - If most requests are throttled even so, nothing is sent for a moment, which doubles up to five
///   seconds: some limiters count what they refuse.
/// - Requests that are throttled by chance, less than one in five, limit nothing.
final class LearnedRate {

  private static final double CUT = 0.7;
  private static final double CUBIC_SCALE = 0.4;
  private static final double LEAST_PER_SECOND = 1;
  private static final double NO_LIMIT_ABOVE = 50_000;
  private static final double THROTTLED_SHARE = 0.2;
  private static final int FIRST_EVIDENCE = 10;
  private static final int EVIDENCE = 5;
  private static final long DOUBLING_NANOS = 100_000_000;
  private static final long FIRST_PAUSE_NANOS = 100_000_000;
  private static final long LONGEST_PAUSE_NANOS = 5_000_000_000L;

  /// A request that is late by up to this does not lower the rate.
  private static final long CATCH_UP_NANOS = 10_000_000;

  /// Requests of the start that are spaced, but for the first of them.
  private static final int SPACED = 300;

  private static final int AT_ONCE = 32;
  private static final long START_INTERVAL_NANOS = 250_000;

  /// While nothing is limited, requests are counted together, once in this time.
  private static final long COUNT_EVERY_NANOS = 20_000_000;

  /// For the rate that was accepted.
  private final Recent lastSecond = new Recent(500_000_000, 3);

  /// For the share that was throttled of the requests sent since the last cut or pause.
  private final Recent current = new Recent(250_000_000, 2);

  private volatile boolean limits = true;
  private boolean paced;
  private boolean doubling;
  private int started;
  private long firstAt;

  /// Requests sent before and after a cut or pause are told apart by this.
  private volatile long generation;

  /// Requests that are sent but not yet in [#lastSecond] and [#current].
  private final LongAdder uncounted = new LongAdder();

  private volatile long countAt;

  /// The generation whose throttled requests the ceiling still counts as accepted.
  private long counted = -1;

  private double ceiling;
  private long growsFrom;
  private long nextAt;
  private int pauses;

  /// Whether [#delay] may be more than 0.
  boolean limits() {
    return limits;
  }

  /// How many nanoseconds from `now` the next request has to wait.
  synchronized long delay(long now) {
    if (paced) {
      return Math.max(0, nextAt - now);
    }
    boolean spaced = started >= AT_ONCE && started < SPACED;
    return spaced ? Math.max(0, firstAt + (started - AT_ONCE) * START_INTERVAL_NANOS - now) : 0;
  }

  /// Notes a request that is being sent.
  ///
  /// @return its generation
  long sending(long now) {
    uncounted.increment();
    return limits || now - countAt >= 0 ? sendingCounted(now) : generation;
  }

  private synchronized long sendingCounted(long now) {
    count(now);
    if (started < SPACED) {
      firstAt = started == 0 ? now : firstAt;
      started++;
    }
    if (paced) {
      double rate = perSecond(now);
      paced = rate < NO_LIMIT_ABOVE;
      nextAt = Math.max(nextAt, now - CATCH_UP_NANOS) + (long) (1e9 / rate);
    }
    limits = paced || started < SPACED;
    return generation;
  }

  /// Notes a request that was throttled.
  ///
  /// @param sentIn its generation
  synchronized void throttled(long sentIn, long now) {
    count(now);
    lastSecond.throttled(now);
    if (sentIn == generation) {
      current.throttled(now);
      judge(now);
    } else if (sentIn == counted) {
      ceiling = Math.max(LEAST_PER_SECOND, ceiling - 1);
    }
  }

  private void count(long now) {
    long requests = uncounted.sumThenReset();
    lastSecond.sent(now, requests);
    current.sent(now, requests);
    countAt = now + COUNT_EVERY_NANOS;
  }

  private void judge(long now) {
    long sent = current.sent();
    long throttled = current.throttled();
    pauses = sent - throttled >= 2 * EVIDENCE ? 0 : pauses;
    if (paced && 2 * throttled > sent) {
      pause(now);
    } else if (throttled >= (paced ? EVIDENCE : FIRST_EVIDENCE)
        && throttled > THROTTLED_SHARE * sent) {
      cut(now);
    }
  }

  private void cut(long now) {
    double accepted = lastSecond.acceptedPerSecond(now);
    ceiling = Math.max(LEAST_PER_SECOND, paced ? Math.min(accepted, perSecond(now)) : accepted);
    doubling = !paced;
    paced = true;
    limits = true;
    counted = generation;
    growsFrom = now;
    nextAt = now + (long) (1e9 / (CUT * ceiling));
    pauses = 0;
    beginGeneration();
  }

  private void pause(long now) {
    long length = Math.min(LONGEST_PAUSE_NANOS, FIRST_PAUSE_NANOS << Math.min(pauses, 10));
    pauses++;
    doubling = false;
    nextAt = Math.max(nextAt, now + length);
    growsFrom = nextAt;
    beginGeneration();
  }

  private synchronized void beginGeneration() {
    generation++;
    current.clear();
  }

  private double perSecond(long now) {
    double nanos = Math.max(0, now - growsFrom);
    if (doubling) {
      return CUT * ceiling * Math.pow(2, Math.min(40, nanos / DOUBLING_NANOS));
    }
    double backAfter = Math.cbrt(ceiling * (1 - CUT) / CUBIC_SCALE);
    return Math.max(
        LEAST_PER_SECOND * CUT, ceiling + CUBIC_SCALE * Math.pow(nanos / 1e9 - backAfter, 3));
  }
}
