package io.github.lotaprestage.engine.pace;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.plan.RetryPolicy;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Decides whether a failed request is sent again, and how long to wait before that.
///
/// A throttled request whose attempts are used up gets another one if other requests succeeded
/// since its previous attempt, up to ten times their number: the store is busy, and will take it
/// later.
public final class Backoff {

  private static final Logger log = LoggerFactory.getLogger(Backoff.class);

  /// A request that failed this often is worth a warning.
  private static final int LOUD_AFTER = 8;

  /// Until the store has answered once, an unreachable one is tried this often.
  private static final int UNREACHABLE_ATTEMPTS = 8;

  private static final int BUSY_FACTOR = 10;

  /// The attempts of one request.
  public static final class Attempts {
    private int sent;
    private int throttled;
    private long since;

    /// Counts a request that is being sent.
    ///
    /// @param now by [System#nanoTime]
    public void sending(long now) {
      since = sent == 0 ? now : since;
      sent++;
    }

    public int sent() {
      return sent;
    }

    public int throttled() {
      return throttled;
    }

    public Outcome.Attempts counts() {
      return new Outcome.Attempts(sent, throttled);
    }
  }

  /// Notices that the store has accepted nothing for a while. Safe for use by many threads.
  static final class Refusals {

    static final Duration WORTH_A_WARNING = Duration.ofSeconds(20);

    private static final long NONE = 0;

    private final AtomicBoolean noticed = new AtomicBoolean();
    private volatile long since = NONE;

    /// Notes a request that the store refused to take.
    ///
    /// @param now by [System#nanoTime]
    /// @return true once, if nothing else happened for some time
    boolean areNews(long now) {
      long first = since;
      if (first == NONE) {
        since = now == NONE ? 1 : now;
        return false;
      }
      return now - first >= WORTH_A_WARNING.toNanos() && noticed.compareAndSet(false, true);
    }

    /// Notes a request that the store took.
    void ended() {
      if (since != NONE) {
        since = NONE;
      }
    }
  }

  private final RetryPolicy policy;
  private final LongUnaryOperator jitter;
  private final Refusals refusals = new Refusals();
  private volatile boolean answered;
  private volatile boolean succeeded;
  private volatile long lastSuccess;

  public Backoff(RetryPolicy policy) {
    this(policy, bound -> ThreadLocalRandom.current().nextLong(bound + 1));
  }

  /// @param jitter picks the wait in milliseconds, from zero up to its argument
  public Backoff(RetryPolicy policy, LongUnaryOperator jitter) {
    this.policy = policy;
    this.jitter = jitter;
  }

  /// Notes a request that worked.
  ///
  /// @param now by [System#nanoTime]
  public void succeeded(long now) {
    refusals.ended();
    lastSuccess = now;
    succeeded = true;
    answered = true;
  }

  /// Notes a failed attempt.
  ///
  /// @param now by [System#nanoTime]
  /// @param name the operation and its object, for the log
  /// @return how long to wait before the next attempt; null if there is none
  public @Nullable Duration failed(
      Attempts attempts, Failure error, long now, Supplier<String> name) {
    answered |= error.httpStatus() != null;
    if (error.kind() == Failure.Kind.THROTTLED) {
      attempts.throttled++;
      if (refusals.areNews(now)) {
        log.warn(
            "the store has refused every request for {}: {}; requests are sent more and more slowly"
                + " until it accepts one; press Ctrl-C to stop, or limit the time with --max-duration",
            Refusals.WORTH_A_WARNING.toSeconds() + " s",
            error.describe());
      }
    }
    int most = most(error, attempts);
    attempts.since = now;
    if (!error.kind().retryable() || attempts.sent >= most) {
      return null;
    }
    Duration wait = waitAfter(attempts.sent, error);
    log.atLevel(attempts.sent >= LOUD_AFTER ? Level.WARN : Level.INFO)
        .log(
            "{}: attempt {} of {} failed, retrying in {} s: {}",
            name.get(),
            attempts.sent,
            most,
            seconds(wait),
            error.describe());
    return wait;
  }

  private static String seconds(Duration wait) {
    return String.format(Locale.ROOT, "%.2f", wait.toMillis() / 1000.0);
  }

  private int most(Failure error, Attempts attempts) {
    int most = policy.maxAttempts();
    return switch (error.kind()) {
      case UNREACHABLE -> answered ? most : Math.min(UNREACHABLE_ATTEMPTS, most);
      case THROTTLED -> {
        boolean othersSucceed = succeeded && lastSuccess - attempts.since > 0;
        boolean another = attempts.sent >= most && most > 1 && othersSucceed;
        yield another ? Math.min(attempts.sent + 1, BUSY_FACTOR * most) : most;
      }
      case TRANSIENT,
          NO_CREDENTIALS,
          EXPIRED,
          DENIED,
          NO_SUCH_BUCKET,
          NO_SUCH_KEY,
          REJECTED,
          INVALID,
          FILE ->
          most;
    };
  }

  private Duration waitAfter(int attempt, Failure error) {
    Duration backoff = Duration.ofMillis(jitter.applyAsLong(policy.ceiling(attempt).toMillis()));
    Duration asked = error.retryAfter();
    return asked != null && asked.compareTo(backoff) > 0 ? asked : backoff;
  }
}
