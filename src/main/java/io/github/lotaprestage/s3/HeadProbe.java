package io.github.lotaprestage.s3;

import io.github.lotaprestage.engine.ObjectRef;
import io.github.lotaprestage.engine.Outcome;
import io.github.lotaprestage.engine.Outcome.Attempts;
import io.github.lotaprestage.engine.Probe;
import io.github.lotaprestage.engine.RequestError;
import io.github.lotaprestage.engine.Retrying;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/// Stages one object with the documented request: `HEAD` with `Range: bytes=0-0`, which makes LOTA
/// fetch the whole object and answer when it is in the cache.
///
/// Source: CoreWeave's page on pre-staging objects into the LOTA cache.
final class HeadProbe implements Probe {

  private static final String RANGE = "bytes=0-0";
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final S3Client client;
  private final Retrying retrying;
  private final BucketCheck bucketCheck;

  HeadProbe(S3Client client, Retrying retrying, BucketCheck bucketCheck) {
    this.client = client;
    this.retrying = retrying;
    this.bucketCheck = bucketCheck;
  }

  @Override
  public Outcome probe(ObjectRef object) throws InterruptedException {
    if (Objects.equals(object.size(), 0L)) {
      return new Outcome.Skipped(object, Outcome.Reason.EMPTY, Attempts.NONE);
    }
    long start = System.nanoTime();
    Retrying.Result<HeadObjectResponse> result =
        retrying.send("HEAD " + object.uri(), () -> S3Errors.call(() -> head(object)));
    Duration duration = Duration.ofNanos(System.nanoTime() - start);
    return switch (result) {
      case Retrying.Result.Success<HeadObjectResponse> done ->
          succeeded(object, done.value(), done.attempts(), duration);
      case Retrying.Result.Failure<HeadObjectResponse> failure ->
          failed(object, failure.error(), failure.attempts(), duration);
    };
  }

  private HeadObjectResponse head(ObjectRef object) {
    return client.headObject(
        request -> request.bucket(object.bucket()).key(object.key()).range(RANGE));
  }

  private static Outcome succeeded(
      ObjectRef listed, HeadObjectResponse answer, Attempts attempts, Duration duration) {
    ObjectRef object =
        new ObjectRef(
            listed.bucket(),
            listed.key(),
            size(listed, answer),
            either(ETags.unquoted(answer.eTag()), listed.etag()),
            either(answer.lastModified(), listed.lastModified()),
            either(answer.storageClassAsString(), listed.storageClass()));
    return Objects.equals(object.size(), 0L)
        ? new Outcome.Skipped(object, Outcome.Reason.EMPTY, attempts)
        : new Outcome.Prestaged(object, answer.contentType(), attempts, duration);
  }

  private Outcome failed(ObjectRef object, RequestError error, Attempts attempts, Duration duration)
      throws InterruptedException {
    if (Objects.equals(error.httpStatus(), RANGE_NOT_SATISFIABLE)) {
      // Only an object without a first byte cannot answer for it.
      ObjectRef empty =
          new ObjectRef(
              object.bucket(),
              object.key(),
              0L,
              object.etag(),
              object.lastModified(),
              object.storageClass());
      return new Outcome.Skipped(empty, Outcome.Reason.EMPTY, attempts);
    }
    return new Outcome.Failed(
        object, bucketCheck.explain(error, object.bucket()), attempts, duration);
  }

  /// The total behind `bytes 0-0/`; else what was listed; else the length of a store that ignored
  /// the range.
  private static @Nullable Long size(ObjectRef listed, HeadObjectResponse answer) {
    String contentRange = answer.contentRange();
    if (contentRange != null && contentRange.matches("bytes 0-0/\\d{1,18}")) {
      return Long.valueOf(contentRange.substring("bytes 0-0/".length()));
    }
    return contentRange == null ? either(listed.size(), answer.contentLength()) : listed.size();
  }

  private static <T> @Nullable T either(@Nullable T first, @Nullable T second) {
    return first == null ? second : first;
  }
}
