package io.github.lotaprestage.engine;

import io.github.lotaprestage.plan.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongUnaryOperator;
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

  private final RetryPolicy policy;
  private final Level logLevel;
  private final Sleeper sleeper;
  private final LongUnaryOperator jitter;

  /// @param logLevel how loudly each failed attempt is told
  public Retrying(RetryPolicy policy, Level logLevel) {
    this(policy, logLevel, Thread::sleep, bound -> ThreadLocalRandom.current().nextLong(bound + 1));
  }

  /// @param jitter picks the wait in milliseconds, from zero up to its argument
  Retrying(RetryPolicy policy, Level logLevel, Sleeper sleeper, LongUnaryOperator jitter) {
    this.policy = policy;
    this.logLevel = logLevel;
    this.sleeper = sleeper;
    this.jitter = jitter;
  }

  /// Sends `request` as often as needed.
  ///
  /// @param name the operation and its object, for the log
  public <T> Result<T> send(String name, Request<T> request) throws InterruptedException {
    int throttled = 0;
    for (int attempt = 1; ; attempt++) {
      RequestError error;
      try {
        return new Result.Success<>(request.send(), new Outcome.Attempts(attempt, throttled));
      } catch (RequestFailedException e) {
        error = e.error();
      }
      if (error.kind() == RequestError.Kind.THROTTLED) {
        throttled++;
      }
      if (!error.kind().retryable() || attempt >= policy.maxAttempts()) {
        return new Result.Failure<>(error, new Outcome.Attempts(attempt, throttled));
      }
      Duration wait = waitAfter(attempt, error);
      log.atLevel(logLevel)
          .log(
              "{}: attempt {} of {} failed, next in {} ms: {}",
              name,
              attempt,
              policy.maxAttempts(),
              wait.toMillis(),
              error.describe());
      sleeper.sleep(wait);
    }
  }

  private Duration waitAfter(int attempt, RequestError error) {
    Duration backoff = Duration.ofMillis(jitter.applyAsLong(policy.ceiling(attempt).toMillis()));
    Duration asked = error.retryAfter();
    return asked != null && asked.compareTo(backoff) > 0 ? asked : backoff;
  }
}
