package io.github.lotaprestage.s3.list;

import io.github.lotaprestage.engine.Retrying;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.s3.auth.Identity;
import io.github.lotaprestage.s3.errors.S3Errors;
import io.github.lotaprestage.source.listing.Listing;
import java.util.Objects;

/// Lists a bucket, one page per call.
public final class BucketListing implements Listing {

  private final ListRequests signer;
  private final ListClient client;
  private final Identity identity;
  private final Retrying retrying;

  public BucketListing(
      ListRequests signer, ListClient client, Identity identity, Retrying retrying) {
    this.signer = signer;
    this.client = client;
    this.identity = identity;
    this.retrying = retrying;
  }

  @Override
  public Page page(Query query) throws SourceException, InterruptedException {
    return retrying
        .send(
            query::toString,
            () -> identity.send(keys -> page(query, client.list(signer.sign(query, keys)))))
        .orThrow(query.toString());
  }

  /// @throws RequestFailedException if the answer is not a page of a listing; it must not be taken
  ///   for an empty bucket
  private static Page page(Query query, byte[] body) throws RequestFailedException {
    PageReader.Contents answer = PageReader.read(query.bucket(), body);
    String next = answer.nextToken();
    Boolean more = answer.truncated();
    if (more == null) {
      throw S3Errors.malformedListing("the answer is not a listing", null);
    }
    if (more && (next == null || next.isEmpty())) {
      throw S3Errors.malformedListing("the listing goes on, but does not say where", null);
    }
    if (more && Objects.equals(next, query.token())) {
      throw S3Errors.malformedListing("the listing never ends: the same page follows again", null);
    }
    for (ObjectRef object : answer.objects()) {
      Long size = object.size();
      if (object.key().isEmpty() || (size != null && size < 0)) {
        throw S3Errors.malformedListing(
            "the listing has an object without a name or with a negative size", null);
      }
    }
    return new Page(answer.objects(), answer.directories(), more ? next : null);
  }
}
