package io.github.lotaprestage.s3;

import io.github.lotaprestage.engine.Retrying;
import io.github.lotaprestage.engine.Stager;
import io.github.lotaprestage.engine.pace.Throttle;
import io.github.lotaprestage.engine.sample.SampleReads;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.Requests;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.object.UnusableException;
import io.github.lotaprestage.plan.InputFile;
import io.github.lotaprestage.plan.Plan;
import io.github.lotaprestage.plan.RetryPolicy;
import io.github.lotaprestage.plan.StoreOptions;
import io.github.lotaprestage.plan.UsageException;
import io.github.lotaprestage.plan.target.S3Uri;
import io.github.lotaprestage.s3.auth.Credentials;
import io.github.lotaprestage.s3.auth.CredentialsException;
import io.github.lotaprestage.s3.auth.Identity;
import io.github.lotaprestage.s3.auth.IssuedCredentials;
import io.github.lotaprestage.s3.auth.RenewableCredentials;
import io.github.lotaprestage.s3.config.AddressingCheck;
import io.github.lotaprestage.s3.config.AwsProfile;
import io.github.lotaprestage.s3.config.CaBundle;
import io.github.lotaprestage.s3.config.ConfigurationException;
import io.github.lotaprestage.s3.config.Endpoint;
import io.github.lotaprestage.s3.config.SigningRegion;
import io.github.lotaprestage.s3.get.ObjectStream;
import io.github.lotaprestage.s3.get.SdkClient;
import io.github.lotaprestage.s3.get.SdkTransport;
import io.github.lotaprestage.s3.get.SmallObjects;
import io.github.lotaprestage.s3.get.TimedReads;
import io.github.lotaprestage.s3.head.AttemptTimeout;
import io.github.lotaprestage.s3.head.HeadClient;
import io.github.lotaprestage.s3.head.HeadRequests;
import io.github.lotaprestage.s3.head.HeadStager;
import io.github.lotaprestage.s3.http.AnswerWatch;
import io.github.lotaprestage.s3.http.Connections;
import io.github.lotaprestage.s3.http.LocalLimit;
import io.github.lotaprestage.s3.http.Resolver;
import io.github.lotaprestage.s3.http.StoreClock;
import io.github.lotaprestage.s3.list.BucketCheck;
import io.github.lotaprestage.s3.list.BucketListing;
import io.github.lotaprestage.s3.list.ListClient;
import io.github.lotaprestage.s3.list.ListRequests;
import io.github.lotaprestage.s3.sign.Signing;
import io.github.lotaprestage.source.listing.Listing;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

/// The store of a run: one endpoint, one set of credentials, one pool of connections, and a way to
/// send each kind of request.
public final class S3Store implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(S3Store.class);

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /// Fewer attempts for a LIST that only explains the answer to a HEAD, so that it delays the
  /// outcome only briefly.
  private static final int CHECK_ATTEMPTS = 3;

  /// Fewer attempts for a read that is only evidence, so that it does not keep a job waiting.
  private static final int SAMPLE_ATTEMPTS = 2;

  private final Signing signing;
  private final Identity identity;
  private final Connections connections;
  private final Plan plan;
  private final LongAdder listRequests = new LongAdder();

  /// The versions of the objects that [#open] has opened.
  private final Map<S3Uri, String> etags = new ConcurrentHashMap<>();

  private @Nullable S3Client objects;
  private @Nullable S3Client streams;
  private volatile @Nullable CircuitBreaker breaker;

  private S3Store(Signing signing, Identity identity, Connections connections, Plan plan) {
    this.signing = signing;
    this.identity = identity;
    this.connections = connections;
    this.plan = plan;
  }

  /// Looks up endpoint, region and credentials.
  ///
  /// @param env the environment, `HOME` included
  /// @throws UsageException if the endpoint or another option is bad usage
  /// @throws UnusableException if a configuration file cannot be used or there are no credentials
  public static S3Store open(Plan plan, Map<String, String> env)
      throws UsageException, UnusableException, InterruptedException {
    LocalLimit.requireOneConnection(LocalLimit.descriptors());
    Resolver.leaveCachingToResolvers();
    StoreOptions options = plan.store();
    try {
      AwsProfile profile = AwsProfile.find(options.profile(), env);
      Endpoint endpoint = Endpoint.resolve(options, env, profile, plan.dryRun());
      AddressingCheck.require(plan, endpoint);
      SigningRegion region = SigningRegion.resolve(options, env, profile);
      Optional<CaBundle> authorities = CaBundle.find(options, env, profile, endpoint.isHttps());
      Credentials credentials =
          options.unsigned() ? Credentials.NONE : Credentials.load(profile, env);
      logSettings(profile, endpoint, region, authorities, credentials);
      StoreClock clock = new StoreClock();
      return new S3Store(
          new Signing(endpoint, region.region(), options.unsigned(), clock),
          new Identity(
              RenewableCredentials.of(credentials.issued(), () -> reload(options, env)), clock),
          new Connections(
              () ->
                  authorities
                      .map(CaBundle::sockets)
                      .orElseGet(() -> (SSLSocketFactory) SSLSocketFactory.getDefault()),
              new AnswerWatch(clock)),
          plan);
    } catch (ConfigurationException e) {
      throw new UnusableException(
          Failure.local(Failure.Kind.FILE, "BadConfiguration", String.valueOf(e.getMessage())), e);
    } catch (CredentialsException e) {
      throw e.unusable();
    }
  }

  /// The files that [#open] may read and whose names are known before, whether they exist or not.
  public static List<InputFile> files(StoreOptions options, Map<String, String> env) {
    List<InputFile> files = new ArrayList<>(AwsProfile.inputs(env));
    files.addAll(CaBundle.inputs(options, env));
    files.addAll(Credentials.inputs(env));
    return files;
  }

  /// Reads all files again, token files included.
  private static IssuedCredentials reload(StoreOptions options, Map<String, String> env)
      throws CredentialsException, InterruptedException {
    try {
      return Credentials.load(AwsProfile.find(options.profile(), env), env).issued();
    } catch (ConfigurationException e) { // also a file that is half written
      throw new CredentialsException(String.valueOf(e.getMessage()));
    }
  }

  /// Logs the chosen settings and where each came from; never a key.
  private static void logSettings(
      AwsProfile profile,
      Endpoint endpoint,
      SigningRegion region,
      Optional<CaBundle> authorities,
      Credentials credentials) {
    if (!log.isInfoEnabled()) {
      return;
    }
    log.info("profile {} (from {}); {}", profile.name(), profile.origin(), profile.sources());
    log.info("credentials: {}", credentials.source());
    log.info("region {} (from {})", region.region(), region.origin());
    log.info(
        "endpoint {} (from {}); bucket in the {} (from {})",
        endpoint,
        endpoint.origin(),
        endpoint.pathStyle() ? "path" : "host name",
        endpoint.addressing().origin());
    authorities.ifPresent(bundle ->
        log.info("certificate authorities: {} (from {})", bundle.file(), bundle.origin()));
  }

  /// Created when it is first needed, because creating it takes longer than a HEAD.
  private synchronized S3Client objects() {
    if (objects == null) {
      objects = client(connections::send);
    }
    return objects;
  }

  /// Answers are read as they arrive.
  private synchronized S3Client streams() {
    if (streams == null) {
      streams = client(connections::stream);
    }
    return streams;
  }

  private S3Client client(Connections.Sender sender) {
    return SdkClient.create(
        signing.endpoint(),
        signing.region(),
        identity.credentials(),
        new SdkTransport(sender, timeout()));
  }

  private Duration timeout() {
    return plan.limits()
        .attemptTimeout()
        .filter(timeout -> timeout.compareTo(TIMEOUT) < 0)
        .orElse(TIMEOUT);
  }

  public URI url() {
    return signing.endpoint().url();
  }

  /// Whether requests name the bucket in the path.
  public boolean pathStyle() {
    return signing.endpoint().pathStyle();
  }

  /// How many seconds the store's clock is ahead of this machine's; 0 unless that mattered.
  public long clockOffsetSeconds() {
    return identity.clock().offset();
  }

  /// The requests that were sent so far.
  public Requests requests() {
    long listed = listRequests.sum();
    return new Requests(connections.heads(), listed, Math.max(0, connections.gets() - listed));
  }

  public Listing listing() {
    return listing(plan.retry(), plan.limits().listConcurrency());
  }

  /// The content of an object that fits into memory; empty if there is no such object.
  ///
  /// @param most the largest size in bytes, at least 1
  /// @throws SourceException also if the object is larger
  public Optional<byte[]> read(String bucket, String key, int most)
      throws SourceException, InterruptedException {
    return new SmallObjects(this::objects, identity, new Retrying(plan.retry(), new Throttle(1)))
        .read(bucket, key, most);
  }

  /// Opens an object of any size. One that is opened again has to be the same version as before, so
  /// that a run stages what it has planned. A watch looks for other versions.
  ///
  /// @return its content, which is read as it arrives. It survives lost connections; any other
  ///   failure is an [IOException] whose cause is a [SourceException]
  public InputStream open(String bucket, String key) throws SourceException, InterruptedException {
    S3Uri uri = new S3Uri(bucket, key);
    ObjectStream stream =
        ObjectStream.open(
            new ObjectStream.Requests(
                this::streams,
                identity,
                new Retrying(plan.retry(), new Throttle(plan.limits().listConcurrency()))),
            plan.retry(),
            bucket,
            key,
            etags.get(uri));
    String etag = stream.etag();
    if (etag != null && plan.watch().isEmpty()) {
      etags.put(uri, etag);
    }
    return stream;
  }

  /// Reads the beginning of objects, one at a time.
  public SampleReads.Reader timedReads() {
    return new TimedReads(
        signing,
        connections,
        timeout(),
        identity,
        new Retrying(
            RetryPolicy.attempts(Math.min(SAMPLE_ATTEMPTS, plan.retry().maxAttempts())),
            new Throttle(1)));
  }

  private Listing listing(RetryPolicy retry, int concurrency) {
    return new BucketListing(
        new ListRequests(signing),
        new ListClient(connections::send, timeout(), listRequests),
        identity,
        new Retrying(retry, new Throttle(concurrency)));
  }

  /// The stager that stages an object.
  public Stager heads() {
    warnOfLimit(plan.limits().concurrency());
    return new HeadStager(
        identity,
        new HeadRequests(signing),
        new HeadClient(connections),
        new BucketCheck(listing(RetryPolicy.attempts(CHECK_ATTEMPTS), 1)),
        new AttemptTimeout(plan.limits().attemptTimeout()));
  }

  private static void warnOfLimit(int concurrency) {
    String warning = LocalLimit.warning(concurrency, LocalLimit.descriptors());
    if (warning != null) {
      log.warn(warning);
    }
  }

  /// How long the endpoint has been silent although it owes an answer.
  public Duration silence() {
    return connections.silenceTimer().silence();
  }

  /// Calls `onGone` if the endpoint stops answering altogether.
  public void watch(Consumer<Failure> onGone) {
    boolean named = pathStyle() && !plan.targets().isEmpty();
    String path = "/" + (named ? plan.targets().getFirst().bucket() : "");
    CircuitBreaker.Limits limits = CircuitBreaker.Limits.DEFAULT;
    breaker =
        new CircuitBreaker(
            connections.silenceTimer(),
            new LivenessProbe(connections, path, limits.perProbe()),
            limits,
            onGone);
  }

  @Override
  public synchronized void close() {
    CircuitBreaker watching = breaker;
    if (watching != null) {
      watching.close();
    }
    connections.close();
    if (objects != null) {
      objects.close();
    }
    if (streams != null) {
      streams.close();
    }
  }
}
