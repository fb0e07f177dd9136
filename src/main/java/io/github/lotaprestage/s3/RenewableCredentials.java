package io.github.lotaprestage.s3;

import io.github.lotaprestage.engine.RequestError;
import io.github.lotaprestage.engine.RequestError.Kind;
import io.github.lotaprestage.engine.RequestFailedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkException;

/// Credentials that outlive their expiry. The SDK's providers renew what tells its end; here, what
/// a store refuses is looked up anew as well, files and token files included.
///
/// Nothing is renewed more often than every two seconds, so that a run that is denied everything
/// does not hammer whoever issues credentials.
final class RenewableCredentials implements AwsCredentialsProvider {

  private static final Logger log = LoggerFactory.getLogger(RenewableCredentials.class);
  private static final Duration BETWEEN_RENEWALS = Duration.ofSeconds(2);

  private final boolean unsigned;
  private final Supplier<AwsCredentialsProvider> chain;
  private volatile AwsCredentialsProvider current;
  private long lastRenewal = System.nanoTime() - BETWEEN_RENEWALS.toNanos();

  /// @param unsigned whether there are none, and none are asked for
  /// @param chain builds a provider that has nothing cached
  RenewableCredentials(boolean unsigned, Supplier<AwsCredentialsProvider> chain) {
    this.unsigned = unsigned;
    this.chain = chain;
    this.current = chain.get();
  }

  /// One attempt that is signed with credentials.
  interface Attempt<T> {
    T send(AwsCredentials credentials) throws RequestFailedException, InterruptedException;
  }

  @Override
  public AwsCredentials resolveCredentials() {
    return current.resolveCredentials();
  }

  /// Sends with the credentials of now.
  ///
  /// @throws RequestFailedException for every failure: worth another attempt, if the request was
  ///   refused because its credentials are out of date, and without what is secret about them
  <T> T use(Attempt<T> attempt) throws RequestFailedException, InterruptedException {
    AwsCredentials now = require();
    try {
      return attempt.send(now);
    } catch (RequestFailedException e) {
      throw unsigned ? e : judge(e, now);
    }
  }

  private AwsCredentials require() throws RequestFailedException {
    try {
      return current.resolveCredentials();
    } catch (SdkException e) {
      throw new RequestFailedException(
          RequestError.local(
              Kind.NO_CREDENTIALS, "NoCredentials", "the credentials cannot be had any more"),
          e);
    }
  }

  private RequestFailedException judge(RequestFailedException failure, AwsCredentials used) {
    Integer status = failure.error().httpStatus();
    boolean refused = status != null && (status == 400 || status == 401 || status == 403);
    RequestError error = failure.error();
    return refused && (expired(used) || othersThan(used))
        ? new RequestFailedException(
            error.as(Kind.EXPIRED, "ExpiredToken", "the credentials have expired"), failure)
        : new RequestFailedException(
            error.as(error.kind(), error.code(), withoutSecrets(error.message(), used)), failure);
  }

  private static String withoutSecrets(String text, AwsCredentials used) {
    String scrubbed = text.replace(used.secretAccessKey(), "***");
    return token(used).isEmpty() ? scrubbed : scrubbed.replace(token(used), "***");
  }

  private boolean othersThan(AwsCredentials used) {
    renewUnless(used);
    return resolved().map(now -> !same(now, used)).orElse(false);
  }

  private synchronized void renewUnless(AwsCredentials used) {
    boolean renewedMeanwhile = resolved().map(now -> !same(now, used)).orElse(false);
    boolean tooSoon = System.nanoTime() - lastRenewal < BETWEEN_RENEWALS.toNanos();
    if (renewedMeanwhile || tooSoon) {
      return;
    }
    lastRenewal = System.nanoTime();
    try {
      AwsCredentialsProvider renewed = chain.get();
      renewed.resolveCredentials();
      current = renewed;
    } catch (SdkException | IllegalArgumentException e) { // the latter for a file half written
      log.warn("cannot renew the credentials ({})", e.getClass().getSimpleName());
    }
  }

  private Optional<AwsCredentials> resolved() {
    try {
      return Optional.of(current.resolveCredentials());
    } catch (SdkException e) {
      log.warn("cannot read the credentials ({})", e.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  private static boolean expired(AwsCredentials used) {
    return used.expirationTime().map(end -> end.isBefore(Instant.now())).orElse(false);
  }

  private static boolean same(AwsCredentials one, AwsCredentials other) {
    return one.accessKeyId().equals(other.accessKeyId())
        && one.secretAccessKey().equals(other.secretAccessKey())
        && token(one).equals(token(other));
  }

  private static String token(AwsCredentials credentials) {
    return credentials instanceof AwsSessionCredentials session ? session.sessionToken() : "";
  }
}
