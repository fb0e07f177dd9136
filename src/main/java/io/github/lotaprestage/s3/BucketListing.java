package io.github.lotaprestage.s3;

import io.github.lotaprestage.engine.ObjectRef;
import io.github.lotaprestage.engine.Retrying;
import io.github.lotaprestage.engine.SourceException;
import io.github.lotaprestage.source.Listing;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/// ListObjectsV2, one page a call. Keys travel URL-encoded, since XML cannot carry all of them.
final class BucketListing implements Listing {

  private final S3Client client;
  private final RenewableCredentials credentials;
  private final Retrying retrying;

  BucketListing(S3Client client, RenewableCredentials credentials, Retrying retrying) {
    this.client = client;
    this.credentials = credentials;
    this.retrying = retrying;
  }

  @Override
  public Page page(String bucket, String prefix, @Nullable String token, int maxKeys)
      throws SourceException, InterruptedException {
    String operation = "LIST s3://" + bucket + "/" + prefix;
    Retrying.Result<ListObjectsV2Response> result =
        retrying.send(
            operation,
            () ->
                credentials.use(_ ->
                    S3Errors.call(() ->
                        client.listObjectsV2(request ->
                            request
                                .bucket(bucket)
                                .prefix(prefix)
                                .continuationToken(token)
                                .maxKeys(maxKeys)
                                .encodingType(EncodingType.URL)))));
    return switch (result) {
      case Retrying.Result.Success<ListObjectsV2Response> page -> page(bucket, page.value());
      case Retrying.Result.Failure<ListObjectsV2Response> failure ->
          throw new SourceException(operation, failure.error());
    };
  }

  private static Page page(String bucket, ListObjectsV2Response answer) {
    return new Page(
        answer.contents().stream().map(object -> ref(bucket, object)).toList(),
        Boolean.TRUE.equals(answer.isTruncated()) ? answer.nextContinuationToken() : null);
  }

  private static ObjectRef ref(String bucket, S3Object object) {
    return new ObjectRef(
        bucket,
        object.key(),
        object.size(),
        ETags.unquoted(object.eTag()),
        object.lastModified(),
        object.storageClassAsString());
  }
}
