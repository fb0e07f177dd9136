package io.github.lotaprestage.s3.head;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.s3.http.AnswerHeaders;
import io.github.lotaprestage.s3.http.Dates;
import io.github.lotaprestage.s3.http.ETags;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What an answer with status 200, 206 or 416 proves about an object. An answer that proves neither
/// that the object is in the cache nor that it is empty is a failure.
sealed interface HeadVerdict {

  /// The object is in the cache.
  ///
  /// @param object with the metadata of the answer first and of the listing second
  /// @param changed whether it was overwritten after it was listed
  record Staged(ObjectRef object, boolean changed) implements HeadVerdict {}

  /// The object has no bytes.
  record Empty() implements HeadVerdict {}

  /// The answer says that the object has no bytes. A listing has to confirm it, because a server
  /// that is not a store, or that does not support ranges, answers in the same way.
  record EmptyIfListed() implements HeadVerdict {}

  /// @param message for the user
  record Failed(String code, String message) implements HeadVerdict {
    Failure error(AnswerHeaders answer) {
      return new Failure(
          Failure.Kind.REJECTED, code, answer.status(), message, answer.requestId(), null);
    }
  }

  Failed NOT_EMPTY =
      new Failed(
          "SizeMismatch",
          "the answer says that the object has no bytes, but a listing does not confirm that");

  Failed NOT_S3 =
      new Failed(
          "NotS3",
          "neither the answer nor a LIST of the bucket shows that the endpoint is an S3 store");

  Failed NOT_LISTED =
      new Failed(
          "NotS3",
          "nothing in the answer shows that it is from an S3 store, and a LIST does not confirm its"
              + " ETag");

  int RANGE_NOT_SATISFIABLE = 416;

  /// Whether a status can be proof; other statuses are failed requests.
  static boolean judges(int status) {
    return status == 200 || status == 206 || status == RANGE_NOT_SATISFIABLE;
  }

  /// @param listed the object as it was listed or named
  static HeadVerdict of(ObjectRef listed, AnswerHeaders answer) {
    String etag = ETags.opaque(answer.etag());
    if (answer.status() != RANGE_NOT_SATISFIABLE && etag == null) {
      return new Failed("NoETag", "the answer has no ETag, so it does not describe an object");
    }
    if (ETags.areSeveral(answer.etag())) {
      return new Failed(
          "NoETag", "the answer has several ETags, so it does not describe an object");
    }
    AnsweredSize size = AnsweredSize.of(answer);
    return switch (size) {
      case AnsweredSize.Invalid invalid -> new Failed(invalid.code(), invalid.problem());
      case AnsweredSize.Zero zero ->
          zero.certain() && !disputed(listed, answer, etag) ? new Empty() : new EmptyIfListed();
      case AnsweredSize.Unknown _ -> staged(listed, answer, etag, null);
      case AnsweredSize.Bytes bytes -> staged(listed, answer, etag, bytes.count());
    };
  }

  /// If the listing says that an object has bytes, a 416 does not prove that it is empty, unless it
  /// gives the total, is about another version and comes from an S3 store.
  private static boolean disputed(ObjectRef listed, AnswerHeaders answer, @Nullable String etag) {
    boolean sameVersion = etag != null && etag.equals(listed.etag());
    return (answer.contentRange() == null || sameVersion || !answer.fromS3())
        && listed.size() != null
        && !listed.isEmpty();
  }

  private static HeadVerdict staged(
      ObjectRef listed, AnswerHeaders answer, @Nullable String etag, @Nullable Long size) {
    boolean sameSize = size == null || listed.size() == null || size.equals(listed.size());
    boolean sameVersion =
        listed.etag() == null
            ? sameSize || listed.manifest() == null // a manifest may be older than the object
            : Objects.equals(etag, listed.etag());
    if (sameVersion && !sameSize) {
      return new Failed(
          "SizeMismatch",
          "the answer gives a size of %d bytes, but %d were listed".formatted(size, listed.size()));
    }
    return new Staged(
        new ObjectRef(
            listed.bucket(),
            listed.key(),
            size == null && sameVersion ? listed.size() : size,
            etag,
            either(date(answer.lastModified()), listed.lastModified()),
            either(answer.storageClass(), listed.storageClass()),
            listed.input()),
        !sameVersion);
  }

  private static @Nullable Instant date(@Nullable String http) {
    return http == null ? null : Dates.http(http);
  }

  private static <T> @Nullable T either(@Nullable T first, @Nullable T second) {
    return first == null ? second : first;
  }
}
