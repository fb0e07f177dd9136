package io.github.lotaprestage.s3;

import io.github.lotaprestage.engine.Pacer;
import io.github.lotaprestage.engine.Probe;
import io.github.lotaprestage.engine.RequestError;
import io.github.lotaprestage.engine.Retrying;
import io.github.lotaprestage.engine.Throttle;
import io.github.lotaprestage.plan.Limits;
import io.github.lotaprestage.plan.Plan;
import io.github.lotaprestage.plan.RetryPolicy;
import io.github.lotaprestage.source.Listing;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// The store of a run: one endpoint, one set of credentials, one pool of connections, and a client
/// each for LIST, which answers in seconds, and for HEAD, which answers when the object is in the
/// cache.
public final class S3Store implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration LIST_TIMEOUT = Duration.ofSeconds(60);

  /// A LIST that only explains the answer to a HEAD does not hold it up for long.
  private static final int CHECK_ATTEMPTS = 3;

  private final Endpoint endpoint;
  private final RenewableCredentials credentials;
  private final HeadSigner signer;
  private final Region region;
  private final Connections connections;
  private final Plan plan;
  private @Nullable S3Client lists;

  private S3Store(
      Endpoint endpoint,
      RenewableCredentials credentials,
      HeadSigner signer,
      Region region,
      Connections connections,
      Plan plan) {
    this.endpoint = endpoint;
    this.credentials = credentials;
    this.signer = signer;
    this.region = region;
    this.connections = connections;
    this.plan = plan;
  }

  /// Looks up endpoint, region and credentials.
  ///
  /// @param env the environment, `HOME` included
  /// @throws Endpoint.InvalidEndpointException if the endpoint is bad usage
  /// @throws StoreUnusableException if there are no credentials
  public static S3Store open(Plan plan, Map<String, String> env)
      throws Endpoint.InvalidEndpointException, StoreUnusableException {
    AwsProfile profile = profile(plan, env);
    Endpoint endpoint = Endpoint.resolve(plan.store(), env, profile, plan.dryRun());
    BucketCheck.requireUsable(plan, endpoint);
    RenewableCredentials credentials =
        new RenewableCredentials(
            plan.store().unsigned(),
            () ->
                Credentials.chain(
                    plan.store().unsigned(), AwsProfile.find(plan.store().profile(), env), env));
    if (!plan.store().unsigned()) {
      Credentials.require(credentials, profile, env);
    }
    Region region = region(plan, env, profile);
    return new S3Store(
        endpoint,
        credentials,
        new HeadSigner(endpoint, region, plan.store().unsigned()),
        region,
        new Connections(CONNECT_TIMEOUT, () -> (SSLSocketFactory) SSLSocketFactory.getDefault()),
        plan);
  }

  private static AwsProfile profile(Plan plan, Map<String, String> env)
      throws StoreUnusableException {
    try {
      return AwsProfile.find(plan.store().profile(), env);
    } catch (IllegalArgumentException e) {
      throw new StoreUnusableException(
          RequestError.local(
              RequestError.Kind.NO_CREDENTIALS,
              "BadProfileFile",
              "cannot read the AWS configuration files: " + e.getMessage()),
          e);
    }
  }

  private static Region region(Plan plan, Map<String, String> env, AwsProfile profile) {
    return Region.of(
        plan.store()
            .region()
            .or(() -> Optional.ofNullable(env.get("AWS_REGION")))
            .or(() -> Optional.ofNullable(env.get("AWS_DEFAULT_REGION")))
            .filter(text -> !text.isBlank())
            .or(() -> profile.property("region"))
            .orElse("us-east-1"));
  }

  /// @param http how requests are sent
  static S3Client listClient(
      Endpoint endpoint, Region region, AwsCredentialsProvider credentials, SdkHttpClient http) {
    return S3Client.builder()
        .endpointOverride(endpoint.url())
        .forcePathStyle(endpoint.pathStyle())
        .disableS3ExpressSessionAuth(true)
        .region(region)
        .credentialsProvider(credentials)
        .httpClient(http)
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .overrideConfiguration(override ->
            override
                .addExecutionInterceptor(new PageReader())
                .retryStrategy(AwsRetryStrategy.doNotRetry()) // Retrying is the only owner
                .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_PREFIX, "lota-prestage"))
        .build();
  }

  /// Made when it is needed first: it takes longer than a HEAD, and named keys are not listed.
  private synchronized S3Client lists() {
    if (lists == null) {
      lists =
          listClient(endpoint, region, credentials, new SdkTransport(connections, LIST_TIMEOUT));
    }
    return lists;
  }

  public Endpoint endpoint() {
    return endpoint;
  }

  public Listing listing() {
    return listing(plan.retry(), plan.limits().listConcurrency());
  }

  private Listing listing(RetryPolicy retry, int concurrency) {
    return new BucketListing(
        this::lists, credentials, new Retrying(retry, new Throttle(concurrency), new Pacer(0)));
  }

  /// The probe that stages an object.
  public Probe heads() {
    Limits limits = plan.limits();
    return new HeadProbe(
        credentials,
        signer,
        new HeadClient(connections),
        new Retrying(
            plan.retry(), new Throttle(limits.concurrency()), new Pacer(limits.headsPerSecond())),
        new BucketCheck(listing(RetryPolicy.attempts(CHECK_ATTEMPTS), 1)),
        new Patience(limits.attemptTimeout()));
  }

  @Override
  public synchronized void close() {
    connections.close();
    if (lists != null) {
      lists.close();
    }
  }
}
