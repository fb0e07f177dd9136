package io.github.lotaprestage.doctor;

import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.object.UnusableException;
import io.github.lotaprestage.plan.UsageException;
import io.github.lotaprestage.report.Finding;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Makes checks one after another, each within its time and all within the time of the whole. A
/// check runs on a thread of its own, because a file, a program or a name server may hang and
/// ignore interrupts; that thread is then abandoned.
final class Examination {

  /// How long a check that is interrupted may take to stop what it has started.
  private static final long TO_CLEAN_UP_MILLIS = 300;

  /// How much later than its limit a check may end where the machine is busy.
  private static final long LATE_MILLIS = 500;

  private final long end;

  /// Checks that did not succeed, and the failed check that is the reason.
  private final Map<String, String> reasons = new HashMap<>();

  /// @param end by [System#nanoTime]
  Examination(long end) {
    this.end = end;
  }

  Finding make(Check check) throws InterruptedException {
    long start = System.nanoTime();
    Verdict verdict = verdict(check, start);
    return verdict.of(check, Duration.ofNanos(System.nanoTime() - start));
  }

  private Verdict verdict(Check check, long start) throws InterruptedException {
    Optional<String> reason =
        check.needs().stream().map(reasons::get).filter(Objects::nonNull).findFirst();
    if (reason.isPresent()) {
      reasons.put(check.name(), reason.get());
      return Verdict.notMade("because the check '" + reason.get() + "' failed");
    }
    Duration left = Duration.ofNanos(end - start);
    Verdict verdict =
        left.isPositive()
            ? bounded(check, left.compareTo(check.limit()) < 0 ? left : check.limit())
            : Verdict.fail(
                "not checked, because the checks before it took all the time",
                "find out why the checks before it were slow, then run this again");
    if (verdict.status() == Finding.Status.FAIL) {
      reasons.put(check.name(), check.name());
    }
    return verdict;
  }

  private static Verdict bounded(Check check, Duration limit) throws InterruptedException {
    Duration own = limit.multipliedBy(9).dividedBy(10); // so that it can say itself what hangs
    FutureTask<Verdict> task = new FutureTask<>(() -> check.body().make(own));
    Thread thread = Thread.ofPlatform().daemon().name("check-" + check.name()).start(task);
    try {
      return task.get(limit.toMillis() + LATE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      thread.join(TO_CLEAN_UP_MILLIS);
      return Verdict.fail(
          "no result within %.1f s".formatted(limit.toMillis() / 1000.0), check.ifHangs());
    } catch (ExecutionException e) {
      return failed(Objects.requireNonNull(e.getCause(), "what failed"));
    }
  }

  private static Verdict failed(Throwable cause) {
    return switch (cause) {
      case UsageException e ->
          Verdict.ofMessage(Finding.Status.FAIL, String.valueOf(e.getMessage()));
      case UnusableException e -> Verdict.failure(e);
      case RequestFailedException e -> Verdict.failure(e.error());
      case SourceException e -> Verdict.failure(e.error());
      default ->
          Verdict.fail(
              "the check broke: " + cause, "please report it, with the output of --stacktrace");
    };
  }
}
