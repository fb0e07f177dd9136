package io.github.lotaprestage.s3.list;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.Failure.Kind;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.source.listing.Listing;
import io.github.lotaprestage.source.lookup.KeyLookup;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Explains failed HEADs with one LIST per bucket. The answer to a HEAD has no error code, so that
/// a missing bucket looks like a missing key. The same LIST shows whether the endpoint is an S3
/// store.
public final class BucketCheck {

  private static final Logger log = LoggerFactory.getLogger(BucketCheck.class);

  private final Listing listing;
  private final Map<String, Optional<Failure>> listErrors = new HashMap<>();

  public BucketCheck(Listing listing) {
    this.listing = listing;
  }

  /// Returns the failure of a HEAD, made more precise by what is known about its bucket.
  public Failure explain(Failure headError, String bucket) throws InterruptedException {
    return switch (headError.kind()) {
      case NO_SUCH_KEY -> explainMissing(headError, listError(bucket));
      case DENIED -> explainDenied(headError, listError(bucket));
      case REJECTED -> explainRejected(headError, listError(bucket));
      case THROTTLED,
          TRANSIENT,
          UNREACHABLE,
          NO_CREDENTIALS,
          EXPIRED,
          NO_SUCH_BUCKET,
          INVALID,
          FILE ->
          headError;
    };
  }

  private static Failure explainMissing(Failure head, Optional<Failure> list) {
    if (list.isEmpty()) {
      return head.as(Kind.NO_SUCH_KEY, "NoSuchKey", "no such key");
    }
    return list.get().kind() == Kind.NO_SUCH_BUCKET
        ? head.as(Kind.NO_SUCH_BUCKET, list.get().code(), "no such bucket")
        : head.as(Kind.NO_SUCH_KEY, "NotFound", "no such key, or no such bucket");
  }

  private static Failure explainDenied(Failure head, Optional<Failure> list) {
    return list.isEmpty()
        ? head.as(
            Kind.DENIED,
            "AccessDenied",
            "the credentials can list the bucket, but cannot read this object")
        : explainRejected(head, list);
  }

  /// Uses the reason of the LIST, which was rejected in the same way.
  private static Failure explainRejected(Failure head, Optional<Failure> list) {
    return list.filter(error -> Objects.equals(error.httpStatus(), head.httpStatus()))
        .map(error -> head.as(error.kind(), error.code(), error.message()))
        .orElse(head);
  }

  /// Whether a LIST of the bucket got an answer that only an S3 store gives, even if it was an
  /// error.
  ///
  /// @throws RequestFailedException if the LIST failed in a way that may pass, so that this is not
  ///   known yet
  public boolean isS3(String bucket) throws RequestFailedException, InterruptedException {
    Optional<Failure> error = listError(bucket);
    if (error.isPresent() && mayPass(error.get()) && error.get().requestId() == null) {
      throw unconfirmed(error.get(), "that the endpoint is an S3 store");
    }
    return error.isEmpty() || error.get().requestId() != null;
  }

  /// Whether a listing says that the object has no bytes.
  ///
  /// @throws RequestFailedException if that is not known yet
  public boolean isEmpty(ObjectRef object) throws RequestFailedException, InterruptedException {
    return isListed(object, ObjectRef::isEmpty, "that the object has no bytes");
  }

  /// Whether a listing has this version of an object.
  ///
  /// @throws RequestFailedException if that is not known yet
  public boolean isCurrent(ObjectRef object) throws RequestFailedException, InterruptedException {
    return isListed(
        object,
        found -> Objects.equals(found.etag(), object.etag()),
        "that the object was replaced");
  }

  private boolean isListed(ObjectRef object, Predicate<ObjectRef> as, String what)
      throws RequestFailedException, InterruptedException {
    try {
      ObjectRef named = ObjectRef.named(object.bucket(), object.key());
      return as.test(KeyLookup.find(named, listing));
    } catch (SourceException e) {
      if (mayPass(e.error())) {
        throw unconfirmed(e.error(), what);
      }
      log.info("{}: a LIST cannot confirm {}: {}", object.uri(), what, e.getMessage());
      return false;
    }
  }

  /// An answer that is not a listing shows what the endpoint is, even though a LIST is sent again.
  private static boolean mayPass(Failure list) {
    return list.kind().retryable() && !list.code().startsWith("Malformed");
  }

  /// The answer to the HEAD is no proof without the LIST, so the failure of the LIST is its own.
  private static RequestFailedException unconfirmed(Failure list, String what) {
    return new RequestFailedException(
        list.as(
            list.kind(),
            list.code(),
            "the HEAD was answered, but a LIST that has to confirm %s failed: %s"
                .formatted(what, list.message())),
        null);
  }

  /// Sends one LIST per bucket; other threads wait for its answer. A transient failure is not
  /// remembered.
  private synchronized Optional<Failure> listError(String bucket) throws InterruptedException {
    Optional<Failure> known = listErrors.get(bucket);
    if (known == null) {
      known = list(bucket);
      if (known.isEmpty() || !known.get().kind().retryable()) {
        listErrors.put(bucket, known);
      }
    }
    return known;
  }

  private Optional<Failure> list(String bucket) throws InterruptedException {
    try {
      listing.page(Listing.Query.first(bucket, ""));
      return Optional.empty();
    } catch (SourceException e) {
      return Optional.of(e.error());
    }
  }
}
