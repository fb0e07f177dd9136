package io.github.lotaprestage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.engine.Retrying.Result;
import io.github.lotaprestage.engine.pace.Throttle;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.Failure.Kind;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.plan.RetryPolicy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class RetryingTest {

  private final List<Duration> waits = new ArrayList<>();
  private final Queue<Failure> failures = new ArrayDeque<>();

  private Result<String> send(int maxAttempts) throws InterruptedException {
    Retrying retrying =
        new Retrying(
            RetryPolicy.attempts(maxAttempts), new Throttle(10), waits::add, bound -> bound);
    return retrying.send(
        () -> "HEAD s3://b/k",
        () -> {
          Failure failure = failures.poll();
          if (failure != null) {
            throw new RequestFailedException(failure, new IllegalStateException());
          }
          return "answer";
        });
  }

  private static Failure error(Kind kind) {
    return Failure.local(kind, kind.name(), "test");
  }

  @Test
  void firstAnswerNeedsNoRetry() throws InterruptedException {
    assertThat(send(10)).isEqualTo(new Result.Success<>("answer", new Outcome.Attempts(1, 0)));
    assertThat(waits).isEmpty();
  }

  @Test
  void retriesWithGrowingWaitsAndCountsThrottling() throws InterruptedException {
    failures.addAll(List.of(error(Kind.TRANSIENT), error(Kind.THROTTLED), error(Kind.UNREACHABLE)));
    assertThat(send(10)).isEqualTo(new Result.Success<>("answer", new Outcome.Attempts(4, 1)));
    assertThat(waits)
        .containsExactly(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400));
  }

  @Test
  void aStoreThatNeverAnsweredIsGivenUpSooner() throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      failures.add(error(Kind.UNREACHABLE));
    }
    assertThat(send(20).attempts().sent()).isEqualTo(8);
  }

  @Test
  void givesUpAfterTheLastAttempt() throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      failures.add(error(Kind.TRANSIENT));
    }
    assertThat(send(3))
        .isEqualTo(new Result.Failed<>(error(Kind.TRANSIENT), new Outcome.Attempts(3, 0)));
    assertThat(waits).hasSize(2);
  }

  @Test
  void finalFailuresAreNotRepeated() throws InterruptedException {
    for (Kind kind : List.of(Kind.DENIED, Kind.NO_SUCH_KEY, Kind.NO_SUCH_BUCKET, Kind.REJECTED)) {
      failures.clear();
      failures.add(error(kind));
      assertThat(send(10).attempts()).isEqualTo(new Outcome.Attempts(1, 0));
    }
    assertThat(waits).isEmpty();
  }

  @Test
  void waitsAsLongAsTheStoreAsks() throws InterruptedException {
    failures.add(new Failure(Kind.THROTTLED, "SlowDown", 503, "", null, Duration.ofSeconds(7)));
    failures.add(new Failure(Kind.THROTTLED, "SlowDown", 503, "", null, Duration.ZERO));
    send(10);
    assertThat(waits).containsExactly(Duration.ofSeconds(7), Duration.ofMillis(200));
  }
}
