package io.github.lotaprestage.doctor;

import io.github.lotaprestage.s3.probe.SetUp;
import java.time.Duration;
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

  CredentialsCheck(SetUp setUp) {
    this.setUp = setUp;
    this.task = new FutureTask<>(setUp::credentials);
    this.thread = Thread.ofPlatform().daemon().name("credentials-check").unstarted(task);
  }

  void begin() {
    thread.start();
  }

  Verdict make(Duration limit) throws Exception {
    try {
      return Verdict.ok(task.get(limit.toMillis() * 9 / 10, TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Verdict.fail(
          "NoCredentials: %s has not answered yet; a run waits up to a minute"
              .formatted(setUp.slowSource().orElse("the source of the credentials")),
          "find out why it hangs, for example by running it by hand");
    } catch (ExecutionException e) {
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
