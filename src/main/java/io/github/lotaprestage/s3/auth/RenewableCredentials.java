package io.github.lotaprestage.s3.auth;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.Failure.Kind;
import io.github.lotaprestage.object.RequestFailedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/// Credentials that are renewed during a run: shortly before they expire, and when a store rejects
/// them. All files are read again, token files included.
///
/// A failed renewal is retried, and the old credentials are used until they expire. While one
/// thread renews them, other threads use the old ones; they wait only once those have expired.
/// Renewals are at least two seconds apart, so that a run whose requests are all denied does not
/// flood the source.
public final class RenewableCredentials implements AwsCredentialsProvider {

  private static final Logger log = LoggerFactory.getLogger(RenewableCredentials.class);
  private static final Duration BETWEEN_RENEWALS = Duration.ofSeconds(2);
  private static final Duration BETWEEN_EARLY_RENEWALS = Duration.ofSeconds(30);
  private static final Duration EARLY = Duration.ofMinutes(5);

  /// Gets credentials from their source. Nothing is cached.
  public interface Loader {
    IssuedCredentials load() throws CredentialsException, InterruptedException;
  }

  /// One attempt that is signed with credentials.
  public interface Attempt<T> {
    T send(AwsCredentials credentials) throws RequestFailedException, InterruptedException;
  }

  /// @param renewAt null, like `expires`, if they do not expire
  private record Held(
      AwsCredentials credentials, @Nullable Instant expires, @Nullable Instant renewAt) {

    static Held of(IssuedCredentials issued, Instant now) {
      Instant expires = issued.expires();
      if (expires == null) {
        return new Held(issued.credentials(), null, null);
      }
      Duration half = Duration.between(now, expires).dividedBy(2);
      Duration early = half.compareTo(EARLY) < 0 ? half : EARLY;
      return new Held(issued.credentials(), expires, expires.minus(early));
    }

    boolean unsigned() {
      return credentials.equals(Credentials.NONE.issued().credentials());
    }

    boolean expired(Instant now) {
      return expires != null && !now.isBefore(expires);
    }
  }

  private final Loader loader;
  private final Clock clock;
  private final ReentrantLock renewal = new ReentrantLock();
  private volatile Held held;
  private volatile String problem = "";
  private long nextRenewal; // guarded by `renewal`

  private RenewableCredentials(Loader loader, IssuedCredentials first, Clock clock) {
    this.loader = loader;
    this.clock = clock;
    this.held = Held.of(first, clock.instant());
    this.nextRenewal = System.nanoTime();
  }

  /// @param first the credentials that `loader` returned at the start
  public static RenewableCredentials of(IssuedCredentials first, Loader loader) {
    return of(first, loader, Clock.systemUTC());
  }

  public static RenewableCredentials of(IssuedCredentials first, Loader loader, Clock clock) {
    return new RenewableCredentials(loader, first, clock);
  }

  @Override
  public AwsCredentials resolveCredentials() {
    return held.credentials();
  }

  /// Sends a request with the current credentials.
  ///
  /// @throws RequestFailedException for every failure, with secrets removed. It is retryable if the
  ///   request was rejected because its credentials are outdated.
  public <T> T use(Attempt<T> attempt) throws RequestFailedException, InterruptedException {
    Held now = current();
    try {
      return attempt.send(now.credentials());
    } catch (RequestFailedException e) {
      throw now.unsigned() ? e : judge(e, now);
    }
  }

  private Held current() throws RequestFailedException, InterruptedException {
    Held now = held;
    if (now.renewAt() == null || clock.instant().isBefore(now.renewAt())) {
      return now;
    }
    if (!now.expired(clock.instant())) {
      if (renewal.tryLock()) {
        renewAndUnlock(now, early(now));
      }
      return held;
    }
    renewal.lockInterruptibly();
    renewAndUnlock(now, BETWEEN_RENEWALS);
    Held renewed = held;
    if (renewed.expired(clock.instant())) {
      throw new RequestFailedException(
          Failure.local(
              Kind.NO_CREDENTIALS,
              "NoCredentials",
              "the credentials expired at "
                  + renewed.expires()
                  + " and cannot be renewed: "
                  + problem),
          null);
    }
    return renewed;
  }

  private RequestFailedException judge(RequestFailedException failure, Held used)
      throws InterruptedException {
    Integer status = failure.error().httpStatus();
    boolean refused = status != null && (status == 400 || status == 401 || status == 403);
    Failure error = failure.error();
    return refused && (used.expired(clock.instant()) || othersThan(used))
        ? new RequestFailedException(
            error.as(Kind.EXPIRED, "ExpiredToken", "the credentials have expired"), failure)
        : new RequestFailedException(
            error.as(error.kind(), error.code(), withoutSecrets(error.message(), used)), failure);
  }

  private static String withoutSecrets(String text, Held used) {
    String scrubbed = text.replace(used.credentials().secretAccessKey(), "***");
    String token = token(used.credentials());
    return token.isEmpty() ? scrubbed : scrubbed.replace(token, "***");
  }

  /// Whether the source now has different credentials.
  private boolean othersThan(Held used) throws InterruptedException {
    if (same(held.credentials(), used.credentials())) {
      renewal.lockInterruptibly();
      renewAndUnlock(used, BETWEEN_RENEWALS);
    }
    return !same(held.credentials(), used.credentials());
  }

  /// The pause before the next early renewal, short enough for several attempts in the time that is
  /// left.
  private Duration early(Held now) {
    Duration quarter = Duration.between(clock.instant(), now.expires()).dividedBy(4);
    Duration pause =
        quarter.compareTo(BETWEEN_EARLY_RENEWALS) < 0 ? quarter : BETWEEN_EARLY_RENEWALS;
    return pause.compareTo(BETWEEN_RENEWALS) < 0 ? BETWEEN_RENEWALS : pause;
  }

  /// Renews unless another thread did since `seen`, or it is too soon. The caller holds the lock.
  ///
  /// @param pause until the next time
  private void renewAndUnlock(Held seen, Duration pause) throws InterruptedException {
    try {
      if (same(held.credentials(), seen.credentials()) && System.nanoTime() - nextRenewal >= 0) {
        renew(seen, pause);
      }
    } finally {
      renewal.unlock();
    }
  }

  private void renew(Held old, Duration pause) throws InterruptedException {
    try {
      held = Held.of(loader.load(), clock.instant());
      problem = "";
    } catch (CredentialsException e) {
      String message = String.valueOf(e.getMessage());
      if (!message.equals(problem)) {
        log.warn(
            "cannot renew the credentials, trying again while the old ones {}: {}",
            old.expires() == null ? "are in use" : "last until " + old.expires(),
            message);
      }
      problem = message;
    } finally {
      nextRenewal = System.nanoTime() + pause.toNanos();
    }
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
