package io.github.lotaprestage.doctor;

import io.github.lotaprestage.object.UnusableException;
import io.github.lotaprestage.s3.probe.SetUp;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Gets the credentials while the network is checked, because their source may be slow.
final class CredentialsCheck implements AutoCloseable {

  /// How long an interrupted source may take to stop the program that it has started.
  private static final long TO_CLEAN_UP_MILLIS = 500;

  private final SetUp setUp;
  private final FutureTask<String> task;
  private final Thread thread;
  private volatile long start;

  CredentialsCheck(SetUp setUp) {
    this.setUp = setUp;
    this.task = new FutureTask<>(setUp::credentials);
    this.thread = Thread.ofPlatform().daemon().name("credentials-check").unstarted(task);
  }

  void begin() {
    start = System.nanoTime();
    thread.start();
  }

  /// @param limit counted from the beginning
  Verdict make(Duration limit) throws Exception {
    try {
      long left = limit.toNanos() - (System.nanoTime() - start);
      return Verdict.ok(task.get(Math.max(0, left), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      double waited = (System.nanoTime() - start) / 1e9;
      Optional<SetUp.SlowSource> slow = setUp.slowCredentials();
      return Verdict.fail(
          "NoCredentials: %s has not answered within %.1f s; a run waits up to a minute"
              .formatted(
                  slow.map(SetUp.SlowSource::name).orElse("the source of the credentials"), waited),
          slow.map(SetUp.SlowSource::advice).orElse("find out why it hangs"));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnusableException unusable) {
        return Verdict.failure(unusable);
      }
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(TO_CLEAN_UP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
