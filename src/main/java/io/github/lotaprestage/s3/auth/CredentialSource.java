package io.github.lotaprestage.s3.auth;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One way to get credentials.
interface CredentialSource {

  /// A name for messages, such as `AWS_ACCESS_KEY_ID`. It never contains a secret.
  String name();

  /// Gets the credentials; nothing is cached between calls.
  IssuedCredentials load() throws CredentialsException, InterruptedException;

  /// What to do if it does not work; null if every source is as good.
  default @Nullable String advice() {
    return null;
  }

  /// Whether it asks a program or a server, which may take long.
  default boolean isSlow() {
    return false;
  }

  /// A source that is configured and cannot work here.
  static CredentialSource unusable(String name, String problem) {
    return new CredentialSource() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String advice() {
        return "use one of the sources that the message names";
      }

      @Override
      public IssuedCredentials load() throws CredentialsException {
        throw new CredentialsException(name + ": " + problem);
      }
    };
  }

  /// Runs a task that may ignore interrupts on a thread of its own, so that the caller never waits
  /// longer than `limit`. After that the thread is abandoned.
  ///
  /// @throws TimeoutException after `limit`
  static <T> T bounded(Duration limit, Callable<T> task)
      throws ExecutionException, TimeoutException, InterruptedException {
    FutureTask<T> future = new FutureTask<>(task);
    Thread thread = Thread.ofPlatform().daemon().name("credentials").start(future);
    try {
      return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      thread.interrupt();
    }
  }
}
