package io.github.lotaprestage.s3.config;

import io.github.lotaprestage.plan.StoreOptions;
import io.github.lotaprestage.plan.UsageException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The endpoint of all requests, and the setting that named it.
///
/// @param url `scheme://host[:port]`. `URI#getHost` returns null for a host with an underscore; use
///   [#host].
/// @param origin the option, variable or profile that named it, for messages
/// @param addressing whether requests name the bucket in the host or in the path
public record Endpoint(URI url, String origin, Addressing addressing) {

  /// The address of LOTA in a CoreWeave cluster.
  static final String LOTA = "http://cwlota.com";

  /// The option that names another endpoint.
  public static final String OPTION = "--endpoint-url";

  private static final String DEFAULT = "the default";
  private static final String LOTA_HOST = "cwlota.com";
  private static final String PRIMARY_HOST = "cwobject.com";
  private static final String IGNORE_VARIABLE = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS";
  private static final String IGNORE_PROPERTY = "ignore_configured_endpoint_urls";

  private record Candidate(String origin, Optional<String> url) {}

  /// Chooses the endpoint: the option, the environment, the profile's `services` section, the
  /// profile, then LOTA.
  ///
  /// Source: the AWS SDKs and Tools reference, "Service-specific endpoints".
  ///
  /// @throws UsageException if the first one that is set is not a valid endpoint, or if nothing can
  ///   be staged through it and this is not a dry run
  /// @throws ConfigurationException if the profile refers to a section that does not exist
  public static Endpoint resolve(
      StoreOptions options, Map<String, String> env, AwsProfile profile, boolean dryRun)
      throws UsageException, ConfigurationException {
    Candidate candidate = candidate(options, env, profile);
    URI url = parse(candidate.url().orElseThrow(), candidate.origin());
    Endpoint endpoint =
        new Endpoint(
            url, candidate.origin(), Addressing.resolve(options.pathStyle(), host(url), profile));
    if (endpoint.isLotaOverTls()) {
      throw new UsageException(
          "endpoint %s (from %s) cannot be used: LOTA speaks plain HTTP only; use %s"
              .formatted(
                  url,
                  candidate.origin(),
                  "http://" + url.getRawAuthority().replaceFirst(":443$", "")));
    }
    if (endpoint.isPrimary() && !dryRun) {
      throw new UsageException(
          "endpoint %s (from %s) answers HEAD but fills no cache; stage through %s, or add --dry-run"
              .formatted(url, candidate.origin(), "--endpoint-url " + LOTA));
    }
    return endpoint;
  }

  private static Candidate candidate(
      StoreOptions options, Map<String, String> env, AwsProfile profile)
      throws ConfigurationException {
    Candidate option = new Candidate(OPTION, options.endpointUrl());
    Candidate fallback = new Candidate(DEFAULT, Optional.of(LOTA));
    Stream<Candidate> candidates =
        ignoresConfigured(env, profile)
            ? Stream.of(option, fallback)
            : Stream.of(
                option,
                fromEnvironment(env, "AWS_ENDPOINT_URL_S3"),
                fromEnvironment(env, "AWS_ENDPOINT_URL"),
                fromServices(profile),
                configured(profile, profile.setting("endpoint_url"), ""),
                fallback);
    return candidates.filter(each -> each.url().isPresent()).findFirst().orElseThrow();
  }

  private static boolean ignoresConfigured(Map<String, String> env, AwsProfile profile) {
    String variable = env.get(IGNORE_VARIABLE);
    return "true"
        .equalsIgnoreCase(
            variable == null ? profile.property(IGNORE_PROPERTY).orElse("") : variable);
  }

  private static Candidate fromEnvironment(Map<String, String> env, String name) {
    return new Candidate(name, Optional.ofNullable(env.get(name)));
  }

  private static Candidate fromServices(AwsProfile profile) throws ConfigurationException {
    Optional<AwsProfile.Setting> services = profile.setting("services");
    if (services.isEmpty()) {
      return new Candidate("", Optional.empty());
    }
    String section = "services " + services.get().value();
    if (!profile.hasSection(section)) {
      throw new ConfigurationException(
          profile.in(services.get().file()) + " names [" + section + "], which does not exist");
    }
    return configured(profile, profile.of(section, "s3.endpoint_url"), " [" + section + "]");
  }

  private static Candidate configured(
      AwsProfile profile, Optional<AwsProfile.Setting> setting, String section) {
    return new Candidate(
        setting.map(found -> profile.in(found.file()) + section).orElse(""),
        setting.map(AwsProfile.Setting::value));
  }

  private static URI parse(String text, String origin) throws UsageException {
    if (!text.contains("://") && !text.strip().matches("(?i)(https?:|//).*")) {
      throw invalid(text, origin, "needs a scheme: put http:// or https:// before it");
    }
    URI url;
    try {
      url = new URI(text.strip());
    } catch (URISyntaxException e) {
      throw invalid(text, origin, "is not a valid URL");
    }
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    String authority = url.getRawAuthority();
    if ((!scheme.equals("http") && !scheme.equals("https")) || authority == null) {
      throw invalid(text, origin, "must begin with http:// or https:// and a host, as in " + LOTA);
    }
    if (authority.indexOf('@') >= 0
        || url.getQuery() != null
        || url.getFragment() != null
        || !(url.getPath().isEmpty() || url.getPath().equals("/"))) {
      throw invalid(
          text, origin, "must be scheme://host[:port], without a user, a path, '?' or '#'");
    }
    if (!isHost(host(url))) {
      throw invalid(text, origin, "does not name a valid host");
    }
    int colon = authority.lastIndexOf(':');
    boolean portGiven = colon > authority.lastIndexOf(']');
    if (portGiven && (port(url) < 1 || port(url) > 65_535)) {
      throw invalid(text, origin, "has a port that is not between 1 and 65535");
    }
    return URI.create(scheme + "://" + authority);
  }

  /// Accepts an IPv6 address in brackets, which `URI` has checked, or letters, digits, dots,
  /// hyphens and underscores.
  private static boolean isHost(String host) {
    if (host.startsWith("[")) {
      return true;
    }
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c != '-' && c != '.' && c != '_' && !(c < 128 && Character.isLetterOrDigit(c))) {
        return false;
      }
    }
    return !host.isEmpty() && !host.startsWith(".");
  }

  private static UsageException invalid(String text, String origin, String problem) {
    return new UsageException(
        "endpoint '%s' (from %s) %s".formatted(ShownUrl.of(text), origin, problem));
  }

  private static String host(URI url) {
    String authority = url.getRawAuthority();
    int colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
  }

  private static int port(URI url) {
    String authority = url.getRawAuthority();
    String port = authority.substring(host(url).length());
    try {
      return port.length() < 2 ? -1 : Integer.parseInt(port, 1, port.length(), 10);
    } catch (NumberFormatException e) {
      return 0; // not a port
    }
  }

  /// The host as it was given, with brackets around an IPv6 address.
  public String host() {
    return host(url);
  }

  /// The port, or a negative number for the default port of the scheme.
  public int port() {
    return port(url);
  }

  /// Whether no setting names it.
  public boolean isDefault() {
    return origin.equals(DEFAULT);
  }

  /// Whether requests name the bucket in the path.
  public boolean pathStyle() {
    return addressing.pathStyle();
  }

  /// Whether the host is `domain` or a subdomain of it. A trailing dot is ignored.
  private boolean isAt(String domain) {
    String host = host().toLowerCase(Locale.ROOT);
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return name.equals(domain) || name.endsWith("." + domain);
  }

  /// Whether its name is that of LOTA.
  public boolean isLota() {
    return isAt(LOTA_HOST);
  }

  /// Whether its name is that of the primary endpoint, which fills no cache.
  public boolean isPrimary() {
    return isAt(PRIMARY_HOST);
  }

  private boolean isLotaOverTls() {
    return isHttps() && isLota();
  }

  public boolean isHttps() {
    return url.getScheme().equals("https");
  }

  @Override
  public String toString() {
    return url.toString();
  }
}
