package io.github.lotaprestage.s3.probe;

import io.github.lotaprestage.engine.Retrying;
import io.github.lotaprestage.engine.pace.Throttle;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.RetryPolicy;
import io.github.lotaprestage.plan.target.Target;
import io.github.lotaprestage.s3.auth.Credentials;
import io.github.lotaprestage.s3.auth.Identity;
import io.github.lotaprestage.s3.auth.RenewableCredentials;
import io.github.lotaprestage.s3.config.Addressing;
import io.github.lotaprestage.s3.config.Endpoint;
import io.github.lotaprestage.s3.head.PlainHead;
import io.github.lotaprestage.s3.http.Connections;
import io.github.lotaprestage.s3.list.BucketCheck;
import io.github.lotaprestage.s3.list.BucketListing;
import io.github.lotaprestage.s3.list.ListClient;
import io.github.lotaprestage.s3.list.ListRequests;
import io.github.lotaprestage.s3.sign.Signing;
import io.github.lotaprestage.source.listing.Listing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// What the credentials may do with a bucket: LIST, and HEAD without `Range`, so that nothing is
/// staged. Each method takes the time that it may take as a whole.
public final class Rights {

  /// A second attempt must have this much time.
  private static final Duration AGAIN = Duration.ofMillis(300);

  private static final Duration LEAST = Duration.ofMillis(1);

  /// The beginning of a target.
  ///
  /// @param objects those on the first page that belong to the target
  /// @param others how many objects on that page do not belong to it
  /// @param complete whether that page is all that there is
  public record Beginning(List<ObjectRef> objects, int others, boolean complete) {}

  private final SetUp setUp;
  private final Reachability way;
  private final Identity identity;
  private volatile long due = System.nanoTime();

  /// @param setUp with all its settings
  public Rights(SetUp setUp, Reachability way) {
    Credentials loaded = setUp.loadedCredentials();
    this.setUp = setUp;
    this.way = way;
    this.identity =
        new Identity(RenewableCredentials.of(loaded.issued(), loaded::issued), way.clock());
  }

  private Signing signing(Endpoint endpoint) {
    return new Signing(endpoint, setUp.resolvedRegion().region(), setUp.unsigned(), way.clock());
  }

  private Endpoint now() {
    return setUp.resolvedEndpoint();
  }

  private Duration left() {
    Duration left = Duration.ofNanos(due - System.nanoTime());
    return left.compareTo(LEAST) < 0 ? LEAST : left;
  }

  private void begin(Duration limit) {
    due = System.nanoTime() + limit.toNanos();
  }

  private Listing listing(Endpoint endpoint) {
    Connections.Sender sender =
        (host, method, request, _) -> way.send(host, method, request, left());
    return new BucketListing(
        new ListRequests(signing(endpoint)),
        new ListClient(sender, LEAST, new LongAdder()),
        identity,
        new Retrying(RetryPolicy.attempts(1), new Throttle(1)));
  }

  /// Lists the beginning of a target.
  public Beginning list(Target target, Duration limit)
      throws SourceException, InterruptedException {
    begin(limit);
    return switch (target) {
      case Target.Named named -> {
        Listing.Page page = page(now(), Listing.Query.first(target.bucket(), named.get(0).key()));
        yield new Beginning(page.objects(), 0, true);
      }
      case Target.Listed listed -> {
        Listing.Page page =
            page(
                now(),
                new Listing.Query(
                    listed.bucket(), listed.prefix(), null, false, null, Listing.PAGE_SIZE));
        List<ObjectRef> covered =
            page.objects().stream().filter(object -> listed.covers(object.key())).toList();
        yield new Beginning(
            covered, page.objects().size() - covered.size(), page.nextToken() == null);
      }
    };
  }

  /// One lost connection is not a finding. The wait that a store asks for would take too long.
  private Listing.Page page(Endpoint endpoint, Listing.Query query)
      throws SourceException, InterruptedException {
    try {
      return listing(endpoint).page(query);
    } catch (SourceException e) {
      if (e.error().kind() != Failure.Kind.TRANSIENT || left().compareTo(AGAIN) < 0) {
        throw e;
      }
      return listing(endpoint).page(query);
    }
  }

  /// Whether a LIST works if the bucket is where it is not now, in the path or in the host name.
  public boolean listsInTheOtherStyle(String bucket, Duration limit) throws InterruptedException {
    begin(limit);
    Endpoint now = now();
    Endpoint other =
        new Endpoint(now.url(), now.origin(), new Addressing(!now.pathStyle(), "a trial"));
    try {
      var _ = page(other, Listing.Query.first(bucket, ""));
      return true;
    } catch (SourceException e) {
      return false;
    }
  }

  /// The region that the store named in its last answer, if requests are signed for another one.
  public Optional<String> otherRegion() {
    String ours = setUp.resolvedRegion().region().id();
    return way.namedRegion().filter(region -> !region.equals(ours));
  }

  /// Asks for the metadata of an object, and stages nothing.
  ///
  /// @return the object as the store describes it
  /// @throws RequestFailedException with the reason, which a LIST of the bucket makes more precise
  public ObjectRef head(ObjectRef object, Duration limit)
      throws RequestFailedException, InterruptedException {
    begin(limit);
    PlainHead head = new PlainHead(signing(now()), identity.credentials(), way.connections());
    try {
      return head.send(object, limit.multipliedBy(3).dividedBy(4));
    } catch (RequestFailedException e) {
      throw new RequestFailedException(
          new BucketCheck(listing(now())).explain(e.error(), object.bucket()), e);
    }
  }
}
