package io.github.lotaprestage.engine;

import io.github.lotaprestage.engine.pace.Backoff;
import io.github.lotaprestage.engine.pace.Throttle;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.RetryPolicy;
import java.time.Duration;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Sends a LIST until it succeeds, or until [Backoff] decides that its failure is final. HEADs are
/// retried by [Prestager].
public final class Retrying {

  /// Waits between two attempts.
  interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;
  }

  /// One request.
  public interface Request<T> {
    T send() throws RequestFailedException, InterruptedException;
  }

  /// The result of all attempts.
  public sealed interface Result<T> {
    Outcome.Attempts attempts();

    /// @param operation what was tried, for the message
    /// @throws SourceException if it failed
    default T orThrow(String operation) throws SourceException {
      return switch (this) {
        case Success<T> success -> success.value();
        case Failed<T> failed -> throw new SourceException(operation, failed.error());
      };
    }

    record Success<T>(T value, Outcome.Attempts attempts) implements Result<T> {}

    record Failed<T>(Failure error, Outcome.Attempts attempts) implements Result<T> {}
  }

  private final Throttle throttle;
  private final Sleeper sleeper;
  private final Backoff backoff;

  /// @param throttle limits the requests in flight
  public Retrying(RetryPolicy policy, Throttle throttle) {
    this.throttle = throttle;
    this.sleeper = Thread::sleep;
    this.backoff = new Backoff(policy);
  }

  /// @param jitter returns the wait in milliseconds, from zero up to its argument
  Retrying(RetryPolicy policy, Throttle throttle, Sleeper sleeper, LongUnaryOperator jitter) {
    this.throttle = throttle;
    this.sleeper = sleeper;
    this.backoff = new Backoff(policy, jitter);
  }

  /// Sends `request` as often as needed.
  ///
  /// @param name the operation and its object, for the log
  public <T> Result<T> send(Supplier<String> name, Request<T> request) throws InterruptedException {
    Backoff.Attempts attempts = new Backoff.Attempts();
    while (true) {
      Failure error;
      try {
        return new Result.Success<>(sendOnce(attempts, request), attempts.counts());
      } catch (RequestFailedException e) {
        error = e.error();
      }
      @Nullable Duration wait = backoff.failed(attempts, error, System.nanoTime(), name);
      if (wait == null) {
        return new Result.Failed<>(error, attempts.counts());
      }
      sleeper.sleep(wait);
    }
  }

  private <T> T sendOnce(Backoff.Attempts attempts, Request<T> request)
      throws RequestFailedException, InterruptedException {
    throttle.enter();
    boolean throttled = false;
    try {
      attempts.sending(System.nanoTime());
      T answer = request.send();
      backoff.succeeded(System.nanoTime());
      return answer;
    } catch (RequestFailedException e) {
      throttled = e.error().kind() == Failure.Kind.THROTTLED;
      throw e;
    } finally {
      throttle.leave(throttled);
    }
  }
}
