package io.github.lotaprestage.s3;

import io.github.lotaprestage.plan.StoreOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Where requests go, and who said so.
///
/// @param origin the option, variable or profile that named it, for messages
/// @param pathStyle the bucket goes into the path. Always so for an IP address, in front of which
///   no bucket name can stand.
public record Endpoint(URI url, String origin, boolean pathStyle) {

  /// The address of LOTA in a CoreWeave cluster.
  static final String LOTA = "http://cwlota.com";

  private static final String PRIMARY_HOST = "cwobject.com";

  /// An endpoint that cannot be used.
  public static final class InvalidEndpointException extends Exception {
    InvalidEndpointException(String message) {
      super(message);
    }
  }

  private record Candidate(String origin, Optional<String> url) {}

  /// Picks the endpoint: option, environment, profile, then LOTA.
  ///
  /// @throws InvalidEndpointException if the first that is set is no endpoint, or is one through
  ///   which nothing can be staged and this is no dry run
  static Endpoint resolve(
      StoreOptions options, Map<String, String> env, AwsProfile profile, boolean dryRun)
      throws InvalidEndpointException {
    Candidate candidate =
        Stream.of(
                new Candidate("--endpoint-url", options.endpointUrl()),
                fromEnvironment(env, "AWS_ENDPOINT_URL_S3"),
                fromEnvironment(env, "AWS_ENDPOINT_URL"),
                new Candidate("profile '" + profile.name() + "'", profile.property("endpoint_url")))
            .filter(each -> each.url().isPresent())
            .findFirst()
            .orElse(new Candidate("the default", Optional.of(LOTA)));
    Endpoint endpoint =
        parse(candidate.url().orElseThrow(), candidate.origin(), options.pathStyle());
    if (endpoint.isPrimary() && !dryRun) {
      throw new InvalidEndpointException(
          "endpoint %s (from %s) answers HEAD but fills no cache: stage through %s, or add --dry-run"
              .formatted(endpoint.url(), endpoint.origin(), "--endpoint-url " + LOTA));
    }
    return endpoint;
  }

  private static Candidate fromEnvironment(Map<String, String> env, String name) {
    return new Candidate(
        name, Optional.ofNullable(env.get(name)).filter(value -> !value.isBlank()));
  }

  private static Endpoint parse(String text, String origin, boolean pathStyle)
      throws InvalidEndpointException {
    URI url;
    try {
      url = new URI(text.strip());
    } catch (URISyntaxException e) {
      throw invalid(text, origin, "is not a URL");
    }
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if ((!scheme.equals("http") && !scheme.equals("https")) || url.getHost() == null) {
      throw invalid(text, origin, "needs a scheme and a host, such as " + LOTA);
    }
    if (url.getUserInfo() != null
        || url.getQuery() != null
        || url.getFragment() != null
        || !url.getPath().matches("/?")) {
      throw invalid(text, origin, "must be scheme://host[:port] and nothing else");
    }
    return new Endpoint(
        URI.create(scheme + "://" + url.getRawAuthority()),
        origin,
        pathStyle || isIpAddress(url.getHost()));
  }

  private static InvalidEndpointException invalid(String text, String origin, String problem) {
    return new InvalidEndpointException(
        "endpoint '%s' (from %s) %s"
            .formatted(text.replaceAll("//[^/@]*@", "//***@"), origin, problem));
  }

  private static boolean isIpAddress(String host) {
    return host.startsWith("[") || host.matches("\\d+(\\.\\d+){3}");
  }

  private boolean isPrimary() {
    String host = url.getHost().toLowerCase(Locale.ROOT);
    return host.equals(PRIMARY_HOST) || host.endsWith("." + PRIMARY_HOST);
  }

  boolean isHttps() {
    return url.getScheme().equals("https");
  }

  @Override
  public String toString() {
    return url.toString();
  }
}
