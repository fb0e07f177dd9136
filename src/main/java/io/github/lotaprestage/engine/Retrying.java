package io.github.lotaprestage.engine;

import io.github.lotaprestage.plan.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// The one place where a request is sent again. Retryable failures are repeated until they work or
/// the attempts are used up; others are final at once.
public final class Retrying {

  private static final Logger log = LoggerFactory.getLogger(Retrying.class);

  /// Waits between two attempts.
  public interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;
  }

  /// One request.
  public interface Request<T> {
    T send() throws RequestFailedException, InterruptedException;
  }

  /// What the attempts came to: exactly one of `value` and `error` is there.
  public sealed interface Result<T> {
    Outcome.Attempts attempts();

    record Success<T>(T value, Outcome.Attempts attempts) implements Result<T> {}

    record Failure<T>(RequestError error, Outcome.Attempts attempts) implements Result<T> {}
  }

  /// A request that failed this often is worth a warning.
  private static final int LOUD_AFTER = 8;

  /// While nothing has ever answered, a store that cannot be reached is asked this often.
  private static final int UNREACHABLE_ATTEMPTS = 8;

  private final RetryPolicy policy;
  private final Throttle throttle;
  private final Pacer pacer;
  private final Sleeper sleeper;
  private final LongUnaryOperator jitter;
  private volatile boolean answered;

  /// @param throttle bounds the requests under way
  /// @param pacer spaces them
  public Retrying(RetryPolicy policy, Throttle throttle, Pacer pacer) {
    this(
        policy,
        throttle,
        pacer,
        Thread::sleep,
        bound -> ThreadLocalRandom.current().nextLong(bound + 1));
  }

  /// @param jitter picks the wait in milliseconds, from zero up to its argument
  Retrying(
      RetryPolicy policy,
      Throttle throttle,
      Pacer pacer,
      Sleeper sleeper,
      LongUnaryOperator jitter) {
    this.policy = policy;
    this.throttle = throttle;
    this.pacer = pacer;
    this.sleeper = sleeper;
    this.jitter = jitter;
  }

  /// Sends `request` as often as needed.
  ///
  /// @param name tells the operation and its object, for the log
  public <T> Result<T> send(Supplier<String> name, Request<T> request) throws InterruptedException {
    int throttled = 0;
    for (int attempt = 1; ; attempt++) {
      RequestError error;
      try {
        return new Result.Success<>(sendOnce(request), new Outcome.Attempts(attempt, throttled));
      } catch (RequestFailedException e) {
        error = e.error();
      }
      if (error.kind() == RequestError.Kind.THROTTLED) {
        throttled++;
      }
      if (!worthAnother(error, attempt)) {
        return new Result.Failure<>(error, new Outcome.Attempts(attempt, throttled));
      }
      Duration wait = waitAfter(attempt, error);
      log.atLevel(attempt >= LOUD_AFTER ? Level.WARN : Level.INFO)
          .log(
              "{}: attempt {} of {} failed, next in {} ms: {}",
              name.get(),
              attempt,
              policy.maxAttempts(),
              wait.toMillis(),
              error.describe());
      sleeper.sleep(wait);
    }
  }

  private <T> T sendOnce(Request<T> request) throws RequestFailedException, InterruptedException {
    pacer.await();
    throttle.enter();
    boolean throttled = false;
    try {
      T answer = request.send();
      answered = true;
      return answer;
    } catch (RequestFailedException e) {
      throttled = e.error().kind() == RequestError.Kind.THROTTLED;
      answered |= e.error().httpStatus() != null;
      throw e;
    } finally {
      throttle.leave(throttled);
    }
  }

  private boolean worthAnother(RequestError error, int attempt) {
    int most =
        error.kind() == RequestError.Kind.UNREACHABLE && !answered
            ? Math.min(UNREACHABLE_ATTEMPTS, policy.maxAttempts())
            : policy.maxAttempts();
    return error.kind().retryable() && attempt < most;
  }

  private Duration waitAfter(int attempt, RequestError error) {
    Duration backoff = Duration.ofMillis(jitter.applyAsLong(policy.ceiling(attempt).toMillis()));
    Duration asked = error.retryAfter();
    return asked != null && asked.compareTo(backoff) > 0 ? asked : backoff;
  }
}
