package io.github.lotaprestage.engine.pace;

import java.util.concurrent.atomic.LongAdder;

/// How many requests a second the store accepts, as learned from its answers. Fewer requests at
/// once ([ConcurrencyBound]) do not help against a limit on requests per second.
///
/// - Until the store throttles a good share of the requests, nothing is limited, but for the first
///   few hundred requests. These are spread over some tens of milliseconds, so that the first
///   refusals arrive before all of them are sent.
/// - Then the rate is cut to 0.7 of what was accepted. At first it doubles every 100 ms, in case
///   the limit was one on concurrency; once more requests were throttled it grows back along a
///   cubic curve, as the AWS SDK's adaptive mode does: slowly near the last rate that was too much,
///   and faster beyond it.
/// - If nearly all requests are throttled even so, nothing is sent for a moment, which doubles up
///   to five seconds: some limiters count what they refuse.
/// - Requests that are throttled by chance limit nothing. Less than one in five is taken for
///   chance. A larger share is the usual one if it does not fall at a lower rate; then the rate is
///   no longer limited until a fifth more is throttled, see [UsualShare].
final class LearnedRate {

  private static final double CUT = 0.7;
  private static final double CUBIC_SCALE = 0.4;
  private static final double LEAST_PER_SECOND = 1;
  private static final double NO_LIMIT_ABOVE_PER_SECOND = 50_000;
  private static final double THROTTLED_SHARE = 0.2;

  /// So many throttled requests lead to the first cut, and to the later ones.
  private static final int FIRST_EVIDENCE = 10;

  private static final int EVIDENCE = 5;

  /// Where many are throttled by chance, it takes this many times the evidence.
  private static final int EVIDENCE_FACTOR = 5;

  /// A sample at a lowered rate has at least this many requests, and lasts at least this long.
  private static final int SAMPLE = 16;

  private static final long SAMPLE_NANOS = 200_000_000;

  /// If so many requests at the start of a sample are all throttled, the rest are not sent.
  private static final int HOPELESS = 3;

  /// Throttled requests among so many show the share well.
  private static final int MANY = 200;

  private static final long DOUBLING_NANOS = 100_000_000;
  private static final long FIRST_PAUSE_NANOS = 100_000_000;
  private static final long LONGEST_PAUSE_NANOS = 5_000_000_000L;

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

  private final UsualShare usual = new UsualShare();

  private volatile boolean limits = true;
  private boolean paced;
  private boolean doubling;
  private int started;
  private long firstAt;

  /// Distinguishes requests that were sent before and after a cut or pause.
  private volatile long generation;

  /// Requests that are sent but not yet in [#lastSecond] and [#current].
  private final LongAdder uncounted = new LongAdder();

  private volatile long countAt;

  /// The generation whose throttled requests the ceiling still counts as accepted.
  private long counted = -1;

  /// Of the requests sent in this generation while the rate was limited, and of those throttled.
  private int sampled;

  private int sampledThrottled;
  private long sampleFrom;

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
      paced = rate < NO_LIMIT_ABOVE_PER_SECOND;
      nextAt = Math.max(nextAt, now - Pacer.CATCH_UP_NANOS) + (long) (1e9 / rate);
      sampled++;
      if (rate > ceiling) {
        usual.raised();
      }
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
    if (paced && perSecond(now) <= ceiling) {
      sample(now);
      return;
    }
    long sent = current.sent();
    long throttled = current.throttled();
    if (sent >= MANY) {
      usual.seen((double) throttled / sent);
    }
    boolean sudden = !paced || doubling;
    int factor = sudden && usual.isKnown() ? EVIDENCE_FACTOR : 1;
    int evidence = factor * (paced ? EVIDENCE : FIRST_EVIDENCE);
    if (throttled >= evidence && throttled > usual.plus(THROTTLED_SHARE) * sent) {
      if (paced && 2 * throttled > sent) {
        pause(now);
      } else {
        cut(now);
      }
    }
  }

  /// Finds out how a lowered rate changes the share that is throttled. The rate stays low until the
  /// sample is complete.
  private void sample(long now) {
    sampledThrottled++;
    growsFrom = now;
    doubling = false;
    boolean hopeless = sampledThrottled >= (pauses < HOPELESS ? HOPELESS : 1);
    if (hopeless && sampledThrottled == sampled) {
      pause(now);
    } else if (sampled >= SAMPLE && now - sampleFrom >= SAMPLE_NANOS) {
      pauses = 0;
      judgeSample((double) sampledThrottled / sampled, now);
    }
  }

  private void judgeSample(double share, long now) {
    if (usual.lowered(share)) {
      paced = false;
      limits = false;
    } else if (share > UsualShare.MAX_SHARE) {
      lower(CUT);
      pause(now);
      return;
    } else if (share > usual.plus(THROTTLED_SHARE)) {
      lower(1 - share);
    }
    beginGeneration(now);
  }

  private void lower(double factor) {
    ceiling = Math.max(LEAST_PER_SECOND, factor * ceiling);
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
    beginGeneration(now);
  }

  private void pause(long now) {
    long length = Math.min(LONGEST_PAUSE_NANOS, FIRST_PAUSE_NANOS << Math.min(pauses, 10));
    pauses++;
    doubling = false;
    nextAt = Math.max(nextAt, now + length);
    growsFrom = nextAt;
    beginGeneration(nextAt);
  }

  private synchronized void beginGeneration(long from) {
    generation++;
    current.clear();
    sampled = 0;
    sampledThrottled = 0;
    sampleFrom = from;
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
