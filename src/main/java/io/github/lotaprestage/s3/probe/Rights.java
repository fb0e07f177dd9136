package io.github.lotaprestage.s3.probe;

import io.github.lotaprestage.engine.Retrying;
import io.github.lotaprestage.engine.pace.Throttle;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.RetryPolicy;
import io.github.lotaprestage.plan.target.Target;
import io.github.lotaprestage.s3.S3Store;
import io.github.lotaprestage.s3.auth.Credentials;
import io.github.lotaprestage.s3.auth.RenewableCredentials;
import io.github.lotaprestage.s3.config.Addressing;
import io.github.lotaprestage.s3.config.Endpoint;
import io.github.lotaprestage.s3.head.PlainHead;
import io.github.lotaprestage.s3.list.BucketCheck;
import io.github.lotaprestage.s3.list.BucketListing;
import io.github.lotaprestage.s3.list.SdkTransport;
import io.github.lotaprestage.source.listing.Listing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.services.s3.S3Client;

/// What the credentials may do with a bucket: LIST, and HEAD without `Range`, so that nothing is
/// staged.
public final class Rights implements AutoCloseable {

  private static final int ATTEMPTS = 2;

  private final SetUp setUp;
  private final Reachability way;
  private final RenewableCredentials credentials;
  private final Duration timeout;
  private final S3Client client;

  /// @param setUp with all its settings
  /// @param timeout the limit for one request
  public Rights(SetUp setUp, Reachability way, Duration timeout) {
    Credentials loaded = setUp.loadedCredentials();
    this.setUp = setUp;
    this.way = way;
    this.timeout = timeout;
    this.credentials = RenewableCredentials.of(loaded.issued(), loaded::issued);
    this.client = client(setUp.resolvedEndpoint());
  }

  private S3Client client(Endpoint endpoint) {
    return S3Store.listClient(
        endpoint,
        setUp.resolvedRegion().region(),
        credentials,
        new SdkTransport(way.connections()::send, timeout, new LongAdder()));
  }

  private Listing listing(S3Client through) {
    return new BucketListing(
        () -> through,
        credentials,
        way.clock(),
        new Retrying(RetryPolicy.attempts(ATTEMPTS), new Throttle(1)));
  }

  /// Lists the beginning of a target.
  ///
  /// @return its first objects, at most a page; none if nothing matches
  public List<ObjectRef> list(Target target) throws SourceException, InterruptedException {
    return switch (target) {
      case Target.Named named ->
          page(client, Listing.Query.first(target.bucket(), named.get(0).key()));
      case Target.Listed listed ->
          page(
                  client,
                  new Listing.Query(
                      listed.bucket(), listed.prefix(), null, false, null, Listing.PAGE_SIZE))
              .stream()
              .filter(object -> listed.covers(object.key()))
              .toList();
    };
  }

  private List<ObjectRef> page(S3Client through, Listing.Query query)
      throws SourceException, InterruptedException {
    return listing(through).page(query).objects();
  }

  /// Whether a LIST works if the bucket is where it is not now, in the path or in the host name.
  public boolean listsInTheOtherStyle(String bucket) throws InterruptedException {
    Endpoint now = setUp.resolvedEndpoint();
    Endpoint other =
        new Endpoint(now.url(), now.origin(), new Addressing(!now.pathStyle(), "a trial"));
    try (S3Client through = client(other)) {
      var _ = page(through, Listing.Query.first(bucket, ""));
      return true;
    } catch (SourceException e) {
      return false;
    }
  }

  /// Asks for the metadata of an object, and stages nothing.
  ///
  /// @return the object as the store describes it
  /// @throws RequestFailedException with the reason, which a LIST of the bucket makes more precise
  public ObjectRef head(ObjectRef object) throws RequestFailedException, InterruptedException {
    PlainHead head =
        new PlainHead(
            setUp.resolvedEndpoint(),
            setUp.resolvedRegion().region(),
            setUp.unsigned(),
            credentials,
            way.clock(),
            way.connections());
    try {
      return head.send(object, timeout);
    } catch (RequestFailedException e) {
      throw new RequestFailedException(
          new BucketCheck(listing(client)).explain(e.error(), object.bucket()), e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
