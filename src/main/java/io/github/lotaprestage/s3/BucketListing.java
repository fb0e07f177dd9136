package io.github.lotaprestage.s3;

import io.github.lotaprestage.engine.ObjectRef;
import io.github.lotaprestage.engine.RequestError;
import io.github.lotaprestage.engine.RequestFailedException;
import io.github.lotaprestage.engine.Retrying;
import io.github.lotaprestage.engine.SourceException;
import io.github.lotaprestage.source.Listing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/// ListObjectsV2, one page a call. Keys travel URL-encoded, since XML cannot carry all of them.
final class BucketListing implements Listing {

  private final Supplier<S3Client> client;
  private final RenewableCredentials credentials;
  private final Retrying retrying;

  BucketListing(Supplier<S3Client> client, RenewableCredentials credentials, Retrying retrying) {
    this.client = client;
    this.credentials = credentials;
    this.retrying = retrying;
  }

  @Override
  public Page page(String bucket, String prefix, @Nullable String token, int maxKeys)
      throws SourceException, InterruptedException {
    String operation = "LIST s3://" + bucket + "/" + prefix;
    Retrying.Result<Page> result =
        retrying.send(
            operation,
            () ->
                credentials.use(_ ->
                    page(
                        bucket, token, S3Errors.call(() -> list(bucket, prefix, token, maxKeys)))));
    return switch (result) {
      case Retrying.Result.Success<Page> page -> page.value();
      case Retrying.Result.Failure<Page> failure ->
          throw new SourceException(operation, failure.error());
    };
  }

  private ListObjectsV2Response list(
      String bucket, String prefix, @Nullable String token, int maxKeys) {
    return client
        .get()
        .listObjectsV2(request ->
            request
                .bucket(bucket)
                .prefix(prefix)
                .continuationToken(token)
                .maxKeys(maxKeys)
                .encodingType(EncodingType.URL));
  }

  /// @throws RequestFailedException if that is no page: whatever else answers with 200 must not
  ///   pass for an empty bucket
  private static Page page(String bucket, @Nullable String token, ListObjectsV2Response answer)
      throws RequestFailedException {
    String next = answer.nextContinuationToken();
    boolean more = Boolean.TRUE.equals(answer.isTruncated());
    if (answer.isTruncated() == null) {
      throw malformed("the answer is no listing");
    }
    if (more && (next == null || next.isEmpty() || next.equals(token))) {
      throw malformed("the listing goes on, but does not say where");
    }
    List<ObjectRef> objects = new ArrayList<>(answer.contents().size());
    for (S3Object object : answer.contents()) {
      objects.add(ref(bucket, object));
    }
    return new Page(objects, more ? next : null);
  }

  private static ObjectRef ref(String bucket, S3Object object) throws RequestFailedException {
    Long size = object.size();
    if (object.key() == null || object.key().isEmpty() || (size != null && size < 0)) {
      throw malformed("the listing has an object without a name or with a negative size");
    }
    return new ObjectRef(
        bucket,
        object.key(),
        size,
        ETags.unquoted(object.eTag()),
        object.lastModified(),
        object.storageClassAsString());
  }

  private static RequestFailedException malformed(String problem) {
    return new RequestFailedException(
        RequestError.local(RequestError.Kind.TRANSIENT, "MalformedListing", problem), null);
  }
}
