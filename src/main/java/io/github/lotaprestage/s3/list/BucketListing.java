package io.github.lotaprestage.s3.list;

import io.github.lotaprestage.engine.Retrying;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.s3.auth.RenewableCredentials;
import io.github.lotaprestage.s3.errors.S3Errors;
import io.github.lotaprestage.s3.http.StoreClock;
import io.github.lotaprestage.source.listing.Listing;
import java.util.Objects;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;

/// ListObjectsV2, one page per call. Keys are requested URL-encoded, because XML cannot represent
/// every key.
public final class BucketListing implements Listing {

  private final Supplier<S3Client> client;
  private final RenewableCredentials credentials;
  private final StoreClock clock;
  private final Retrying retrying;

  public BucketListing(
      Supplier<S3Client> client,
      RenewableCredentials credentials,
      StoreClock clock,
      Retrying retrying) {
    this.clock = clock;
    this.client = client;
    this.credentials = credentials;
    this.retrying = retrying;
  }

  @Override
  public Page page(Query query) throws SourceException, InterruptedException {
    Retrying.Result<Page> result =
        retrying.send(
            query::toString,
            () ->
                credentials.use(
                    _ -> clock.signed(() -> page(query, S3Errors.call(() -> list(query))))));
    return switch (result) {
      case Retrying.Result.Success<Page> page -> page.value();
      case Retrying.Result.Failed<Page> failure ->
          throw new SourceException(query.toString(), failure.error());
    };
  }

  /// The page arrives in `contents`, not in the SDK's response: see [PageReader].
  private PageReader.Contents list(Query query) {
    PageReader.Contents contents = new PageReader.Contents(query.bucket());
    client
        .get()
        .listObjectsV2(request ->
            request
                .bucket(query.bucket())
                .prefix(query.prefix())
                .startAfter(query.startAfter())
                .delimiter(query.directories() ? "/" : null)
                .continuationToken(query.token())
                .maxKeys(query.maxKeys())
                .encodingType(EncodingType.URL)
                .overrideConfiguration(
                    override -> override.putExecutionAttribute(PageReader.CONTENTS, contents)));
    return contents;
  }

  /// @throws RequestFailedException if the answer is not a page of a listing; it must not be taken
  ///   for an empty bucket
  private static Page page(Query query, PageReader.Contents answer) throws RequestFailedException {
    String next = answer.nextToken();
    Boolean more = answer.truncated();
    if (more == null) {
      throw malformed("the answer is not a listing");
    }
    if (more && (next == null || next.isEmpty())) {
      throw malformed("the listing goes on, but does not say where");
    }
    if (more && Objects.equals(next, query.token())) {
      throw malformed("the listing never ends: the same page follows again");
    }
    for (ObjectRef object : answer.objects()) {
      Long size = object.size();
      if (object.key().isEmpty() || (size != null && size < 0)) {
        throw malformed("the listing has an object without a name or with a negative size");
      }
    }
    return new Page(answer.objects(), answer.directories(), more ? next : null);
  }

  private static RequestFailedException malformed(String problem) {
    return new RequestFailedException(
        Failure.local(Failure.Kind.TRANSIENT, "MalformedListing", problem), null);
  }
}
