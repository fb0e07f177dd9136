package io.github.lotaprestage.s3.probe;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.UnusableException;
import io.github.lotaprestage.plan.Plan;
import io.github.lotaprestage.plan.StoreOptions;
import io.github.lotaprestage.plan.UsageException;
import io.github.lotaprestage.s3.auth.Credentials;
import io.github.lotaprestage.s3.auth.CredentialsException;
import io.github.lotaprestage.s3.config.AddressingCheck;
import io.github.lotaprestage.s3.config.AwsProfile;
import io.github.lotaprestage.s3.config.CaBundle;
import io.github.lotaprestage.s3.config.ConfigurationException;
import io.github.lotaprestage.s3.config.Endpoint;
import io.github.lotaprestage.s3.config.SigningRegion;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The settings of a store. Each method finds one of them and describes it with its origin, never
/// with a secret. [io.github.lotaprestage.s3.S3Store#open] finds the same settings in the same
/// order.
///
/// The profile comes first; all others need it. The addressing and the authorities need the
/// endpoint.
public final class SetUp {

  /// The part of an access key ID that is shown. It tells keys apart and does not give one away.
  private static final int SHOWN_OF_KEY = 4;

  private final Plan plan;
  private final StoreOptions options;
  private final Map<String, String> env;
  private final UnaryOperator<String> origins;
  private @Nullable AwsProfile profile;
  private @Nullable Endpoint endpoint;
  private @Nullable SigningRegion region;
  private Optional<CaBundle> authorities = Optional.empty();
  private volatile @Nullable Credentials credentials;

  private static final Pattern FROM_OPTION = Pattern.compile("\\(from (--[a-z-]+)\\)");

  private interface Search<T> {
    T find() throws ConfigurationException, UsageException;
  }

  /// @param env the environment, `HOME` included
  /// @param origins the option itself, or the variable that sets it
  public SetUp(Plan plan, Map<String, String> env, UnaryOperator<String> origins) {
    this.plan = plan;
    this.options = plan.store();
    this.env = env;
    this.origins = origins;
  }

  /// Reads the configuration files.
  ///
  /// @throws UnusableException if a file cannot be used or has no such profile
  public String profile() throws UnusableException, UsageException {
    AwsProfile found = find(() -> AwsProfile.find(options.profile(), env));
    profile = found;
    return found.exists()
        ? "profile '%s' (from %s); %s"
            .formatted(found.name(), origin(found.origin()), found.sources())
        : "no profile is used, because there is none with the name '%s'; %s"
            .formatted(found.name(), found.sources());
  }

  /// The variable that sets an option, if it is not on the command line.
  private String origin(String known) {
    return known.startsWith("--") ? origins.apply(known) : known;
  }

  /// Files that a variable names and that do not exist.
  public List<String> missingFiles() {
    AwsProfile found = Objects.requireNonNull(profile, "the profile comes first");
    return Stream.of("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE")
        .filter(variable ->
            env.containsKey(variable) && isMissing(found, env.getOrDefault(variable, "")))
        .map(variable -> variable + " " + env.get(variable))
        .toList();
  }

  /// The problem with a profile that the environment names and no file has.
  public Optional<String> missingProfile() {
    AwsProfile found = Objects.requireNonNull(profile, "the profile comes first");
    return found.exists() || !env.containsKey("AWS_PROFILE")
        ? Optional.empty()
        : Optional.of(found.absence());
  }

  private static boolean isMissing(AwsProfile profile, String file) {
    Path belowHome = Path.of(file.startsWith("~/") ? file.substring("~/".length()) : file);
    return profile.missing().stream().anyMatch(path -> path.endsWith(belowHome));
  }

  /// @throws UsageException if nothing can be staged through the endpoint
  public String endpoint() throws UnusableException, UsageException {
    AwsProfile from = Objects.requireNonNull(profile, "the profile comes first");
    Endpoint found = find(() -> Endpoint.resolve(options, env, from, plan.dryRun()));
    endpoint = found;
    return found + " (from " + origin(found.origin()) + ")";
  }

  /// The setting that names the endpoint, or could name another one.
  public String endpointSetting() {
    Endpoint found = resolvedEndpoint();
    return origin(found.isDefault() ? Endpoint.OPTION : found.origin());
  }

  Endpoint resolvedEndpoint() {
    return Objects.requireNonNull(endpoint, "the endpoint comes first");
  }

  /// Whether the name of the endpoint is that of LOTA.
  public boolean isLota() {
    return resolvedEndpoint().isLota();
  }

  /// Whether the name of the endpoint is that of the primary endpoint, which a dry run may use.
  public boolean isPrimary() {
    return resolvedEndpoint().isPrimary();
  }

  public boolean isHttps() {
    return resolvedEndpoint().isHttps();
  }

  public boolean pathStyle() {
    return resolvedEndpoint().pathStyle();
  }

  /// @throws UsageException if LOTA rejects it, or if a bucket cannot be named in this way
  public String addressing() throws UnusableException, UsageException {
    Endpoint found = resolvedEndpoint();
    find(() -> {
      AddressingCheck.require(plan, found);
      return found;
    });
    return "the bucket is in the %s (from %s)"
        .formatted(found.pathStyle() ? "path" : "host name", origin(found.addressing().origin()));
  }

  public String region() throws UnusableException, UsageException {
    AwsProfile from = Objects.requireNonNull(profile, "the profile comes first");
    SigningRegion found = find(() -> SigningRegion.resolve(options, env, from));
    region = found;
    return regionInUse();
  }

  /// The region, with its origin.
  public String regionInUse() {
    SigningRegion found = resolvedRegion();
    return found.region() + " (from " + origin(found.origin()) + ")";
  }

  SigningRegion resolvedRegion() {
    return Objects.requireNonNull(region, "the region comes first");
  }

  /// Reads the certificate authorities that HTTPS trusts.
  public String authorities() throws UnusableException, UsageException {
    AwsProfile from = Objects.requireNonNull(profile, "the profile comes first");
    boolean https = isHttps();
    authorities = find(() -> CaBundle.find(options, env, from, https));
    return authorities
        .map(bundle -> bundle.file() + " (from " + origin(bundle.origin()) + ")")
        .orElse(https ? "those of the Java runtime" : "not needed for http://");
  }

  Optional<CaBundle> readAuthorities() {
    return authorities;
  }

  /// Gets the credentials from their source, which may be a program or a server that hangs.
  ///
  /// @throws UnusableException if there are none
  public String credentials() throws UnusableException, InterruptedException {
    AwsProfile from = Objects.requireNonNull(profile, "the profile comes first");
    try {
      Credentials found = options.unsigned() ? Credentials.NONE : Credentials.load(from, env);
      credentials = found;
      return options.unsigned()
          ? found.source() + " (from " + origin("--no-sign-request") + ")"
          : described(found);
    } catch (CredentialsException e) {
      throw e.unusable();
    }
  }

  /// A source of credentials that may take long, and what to do if it does.
  public record SlowSource(String name, String advice) {}

  /// The source of credentials that may take long, if one is configured.
  public Optional<SlowSource> slowCredentials() {
    return options.unsigned()
        ? Optional.empty()
        : Credentials.slow(Objects.requireNonNull(profile, "the profile comes first"), env)
            .map(slow -> new SlowSource(slow.name(), slow.advice()));
  }

  private static String described(Credentials found) {
    String key = found.issued().credentials().accessKeyId();
    Instant expires = found.issued().expires();
    return "from %s: access key %s; %s"
        .formatted(
            found.source(),
            key.length() > 2 * SHOWN_OF_KEY ? key.substring(0, SHOWN_OF_KEY) + "…" : "…",
            expires == null
                ? "the source names no expiry"
                : "they expire at %s, in %d min"
                    .formatted(expires, Duration.between(Instant.now(), expires).toMinutes()));
  }

  /// Whether everything that a signed request needs is known.
  public boolean canSign() {
    return region != null && credentials != null;
  }

  Credentials loadedCredentials() {
    return Objects.requireNonNull(credentials, "the credentials come first");
  }

  boolean unsigned() {
    return options.unsigned();
  }

  private <T> T find(Search<T> search) throws UnusableException, UsageException {
    try {
      return search.find();
    } catch (UsageException e) {
      throw new UsageException(withOrigins(String.valueOf(e.getMessage())));
    } catch (ConfigurationException e) {
      throw unusable(
          Failure.Kind.FILE, "BadConfiguration", withOrigins(String.valueOf(e.getMessage())), e);
    }
  }

  /// With variables in place of the options that they set.
  private String withOrigins(String message) {
    return FROM_OPTION
        .matcher(message)
        .replaceAll(found -> Matcher.quoteReplacement("(from " + origin(found.group(1)) + ")"));
  }

  private static UnusableException unusable(
      Failure.Kind kind, String code, String message, Exception e) {
    return new UnusableException(Failure.local(kind, code, message), e);
  }
}
