package io.github.lotaprestage.s3;

import io.github.lotaprestage.engine.ObjectRef;
import io.github.lotaprestage.engine.RequestError;
import io.github.lotaprestage.engine.RequestFailedException;
import io.github.lotaprestage.engine.Retrying;
import io.github.lotaprestage.engine.SourceException;
import io.github.lotaprestage.source.Listing;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;

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
                credentials.use(
                    _ -> page(token, S3Errors.call(() -> list(bucket, prefix, token, maxKeys)))));
    return switch (result) {
      case Retrying.Result.Success<Page> page -> page.value();
      case Retrying.Result.Failure<Page> failure ->
          throw new SourceException(operation, failure.error());
    };
  }

  private PageReader.Contents list(
      String bucket, String prefix, @Nullable String token, int maxKeys) {
    PageReader.Contents contents = new PageReader.Contents(bucket);
    client
        .get()
        .listObjectsV2(request ->
            request
                .bucket(bucket)
                .prefix(prefix)
                .continuationToken(token)
                .maxKeys(maxKeys)
                .encodingType(EncodingType.URL)
                .overrideConfiguration(
                    override -> override.putExecutionAttribute(PageReader.CONTENTS, contents)));
    return contents;
  }

  /// @throws RequestFailedException if that is no page: whatever else answers with 200 must not
  ///   pass for an empty bucket
  private static Page page(@Nullable String token, PageReader.Contents answer)
      throws RequestFailedException {
    String next = answer.nextToken();
    Boolean more = answer.truncated();
    if (more == null) {
      throw malformed("the answer is no listing");
    }
    if (more && (next == null || next.isEmpty() || next.equals(token))) {
      throw malformed("the listing goes on, but does not say where");
    }
    for (ObjectRef object : answer.objects()) {
      Long size = object.size();
      if (object.key().isEmpty() || (size != null && size < 0)) {
        throw malformed("the listing has an object without a name or with a negative size");
      }
    }
    return new Page(answer.objects(), more ? next : null);
  }

  private static RequestFailedException malformed(String problem) {
    return new RequestFailedException(
        RequestError.local(RequestError.Kind.TRANSIENT, "MalformedListing", problem), null);
  }
}
