package io.github.lotaprestage.s3;

import io.github.lotaprestage.engine.RequestError;
import io.github.lotaprestage.engine.RequestError.Kind;
import io.github.lotaprestage.engine.RequestFailedException;
import io.github.lotaprestage.plan.Plan;
import io.github.lotaprestage.plan.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;

/// Finds out what a 403 or 404 on HEAD is about. HEAD answers carry no error code, and a missing
/// bucket looks like a missing key; one LIST per bucket tells them apart.
final class BucketCheck {

  private final Supplier<S3Client> client;
  private final RenewableCredentials credentials;
  private final Map<String, Optional<RequestError>> listErrors = new HashMap<>();

  BucketCheck(Supplier<S3Client> client, RenewableCredentials credentials) {
    this.client = client;
    this.credentials = credentials;
  }

  /// @throws Endpoint.InvalidEndpointException if a bucket name with a dot meets HTTPS, whose
  ///   certificates cover one label in front of the host
  static void requireUsable(Plan plan, Endpoint endpoint) throws Endpoint.InvalidEndpointException {
    Optional<String> dotted =
        plan.targets().stream().map(Target::bucket).filter(name -> name.contains(".")).findFirst();
    if (dotted.isPresent() && endpoint.isHttps() && !endpoint.pathStyle()) {
      throw new Endpoint.InvalidEndpointException(
          "bucket %s has a dot: no certificate of %s covers it; use http:// or --path-style"
              .formatted(dotted.get(), endpoint.url()));
    }
  }

  /// The same failure of a HEAD, with what can be learned about its bucket.
  RequestError explain(RequestError headError, String bucket) throws InterruptedException {
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

  private static RequestError explainMissing(RequestError head, Optional<RequestError> list) {
    if (list.isEmpty()) {
      return head.as(Kind.NO_SUCH_KEY, "NoSuchKey", "no such key");
    }
    return list.get().kind() == Kind.NO_SUCH_BUCKET
        ? head.as(Kind.NO_SUCH_BUCKET, list.get().code(), "no such bucket")
        : head.as(Kind.NO_SUCH_KEY, "NotFound", "no such key, or no such bucket");
  }

  private static RequestError explainDenied(RequestError head, Optional<RequestError> list) {
    return list.isEmpty()
        ? head.as(
            Kind.DENIED, "AccessDenied", "the credentials may list the bucket but not read it")
        : explainRejected(head, list);
  }

  /// The LIST was refused in the same way, and says why.
  private static RequestError explainRejected(RequestError head, Optional<RequestError> list) {
    return list.filter(error -> Objects.equals(error.httpStatus(), head.httpStatus()))
        .map(error -> head.as(error.kind(), error.code(), error.message()))
        .orElse(head);
  }

  /// Asks once per bucket; the others wait for that answer.
  private synchronized Optional<RequestError> listError(String bucket) throws InterruptedException {
    Optional<RequestError> known = listErrors.get(bucket);
    if (known == null) {
      known = list(bucket);
      listErrors.put(bucket, known);
    }
    return known;
  }

  private Optional<RequestError> list(String bucket) throws InterruptedException {
    try {
      credentials.use(_ ->
          S3Errors.call(
              () -> client.get().listObjectsV2(request -> request.bucket(bucket).maxKeys(1))));
      return Optional.empty();
    } catch (RequestFailedException e) {
      return Optional.of(e.error());
    }
  }
}
