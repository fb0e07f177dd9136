package io.github.lotaprestage.s3.auth;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One way to get credentials.
interface CredentialSource {

  /// For messages, such as `AWS_ACCESS_KEY_ID`; never holds anything secret.
  String name();

  /// Gets them again each time; nothing is cached.
  IssuedCredentials load() throws CredentialsException, InterruptedException;

  /// A source that is configured, but cannot work here.
  static CredentialSource unusable(String name, String problem) {
    return new CredentialSource() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public IssuedCredentials load() throws CredentialsException {
        throw new CredentialsException(name + ": " + problem);
      }
    };
  }

  /// Runs something that can block without noticing an interrupt on a thread of its own, so that
  /// the caller never waits longer than `limit`. The thread is left alone then.
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
