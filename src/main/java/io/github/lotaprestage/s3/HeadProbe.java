package io.github.lotaprestage.s3;

import io.github.lotaprestage.engine.ObjectRef;
import io.github.lotaprestage.engine.Outcome;
import io.github.lotaprestage.engine.Outcome.Attempts;
import io.github.lotaprestage.engine.Probe;
import io.github.lotaprestage.engine.RequestFailedException;
import io.github.lotaprestage.engine.Retrying;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Stages one object: LOTA answers its HEAD when the whole object is in the cache.
final class HeadProbe implements Probe {

  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final String FIRST_BYTE_OF = "bytes 0-0/";

  /// Of any size that a long can hold.
  private static final int MOST_DIGITS = 18;

  private final RenewableCredentials credentials;
  private final HeadSigner signer;
  private final HeadClient client;
  private final Retrying retrying;
  private final BucketCheck bucketCheck;
  private final Patience patience;

  HeadProbe(
      RenewableCredentials credentials,
      HeadSigner signer,
      HeadClient client,
      Retrying retrying,
      BucketCheck bucketCheck,
      Patience patience) {
    this.credentials = credentials;
    this.signer = signer;
    this.client = client;
    this.retrying = retrying;
    this.bucketCheck = bucketCheck;
    this.patience = patience;
  }

  @Override
  public Outcome probe(ObjectRef object) throws InterruptedException {
    if (Objects.equals(object.size(), 0L)) {
      return new Outcome.Skipped(object, Outcome.Reason.EMPTY, Attempts.NONE);
    }
    long start = System.nanoTime();
    Retrying.Result<HeadClient.Answer> result =
        retrying.send(
            () -> "HEAD " + object.uri(),
            () -> credentials.use(identity -> attempt(signer.sign(object, identity), object)));
    Duration duration = Duration.ofNanos(System.nanoTime() - start);
    return switch (result) {
      case Retrying.Result.Success<HeadClient.Answer> done ->
          succeeded(object, done.value(), done.attempts(), duration);
      case Retrying.Result.Failure<HeadClient.Answer> failure ->
          new Outcome.Failed(
              object,
              bucketCheck.explain(failure.error(), object.bucket()),
              failure.attempts(),
              duration);
    };
  }

  private HeadClient.Answer attempt(HeadSigner.Signed signed, ObjectRef object)
      throws RequestFailedException, InterruptedException {
    HeadClient.Answer answer = client.head(signed, patience.with(object.size()));
    boolean good = answer.status() == 200 || answer.status() == 206;
    if (!good && answer.status() != RANGE_NOT_SATISFIABLE) {
      throw S3Errors.answered(
          answer.status(), answer.header("x-amz-request-id"), answer.header("Retry-After"));
    }
    return answer;
  }

  private static Outcome succeeded(
      ObjectRef listed, HeadClient.Answer answer, Attempts attempts, Duration duration) {
    ObjectRef object =
        new ObjectRef(
            listed.bucket(),
            listed.key(),
            size(listed, answer),
            either(ETags.unquoted(answer.header("ETag")), listed.etag()),
            either(date(answer.header("Last-Modified")), listed.lastModified()),
            either(answer.header("x-amz-storage-class"), listed.storageClass()));
    return Objects.equals(object.size(), 0L)
        ? new Outcome.Skipped(object, Outcome.Reason.EMPTY, attempts)
        : new Outcome.Prestaged(object, answer.header("Content-Type"), attempts, duration);
  }

  /// Only an object without a first byte answers 416. Else the total of `Content-Range`, else what
  /// was listed, else the length that a store gives which ignores the range.
  private static @Nullable Long size(ObjectRef listed, HeadClient.Answer answer) {
    if (answer.status() == RANGE_NOT_SATISFIABLE) {
      return 0L;
    }
    String contentRange = answer.header("Content-Range");
    if (contentRange == null) {
      return either(listed.size(), number(answer.header("Content-Length")));
    }
    return contentRange.startsWith(FIRST_BYTE_OF)
        ? either(number(contentRange.substring(FIRST_BYTE_OF.length())), listed.size())
        : listed.size();
  }

  private static @Nullable Long number(@Nullable String digits) {
    if (digits == null || digits.isEmpty() || digits.length() > MOST_DIGITS) {
      return null;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return null;
      }
    }
    return Long.valueOf(digits);
  }

  private static @Nullable Instant date(@Nullable String http) {
    return http == null ? null : Dates.http(http);
  }

  private static <T> @Nullable T either(@Nullable T first, @Nullable T second) {
    return first == null ? second : first;
  }
}
