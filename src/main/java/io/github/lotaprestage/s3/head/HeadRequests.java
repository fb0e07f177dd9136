package io.github.lotaprestage.s3.head;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.s3.config.Endpoint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/// Writes and signs the documented request: `HEAD` with `Range: bytes=0-0`. The requests of a
/// bucket differ only in their path, so everything else is computed once a second. Safe for use by
/// any thread.
///
/// Source: CoreWeave's page on pre-staging objects into the LOTA cache.
public final class HeadRequests {

  private static final String METHOD = "HEAD";
  private static final String RANGE = "bytes=0-0";

  /// @param host where it goes
  /// @param request the complete request, as it is sent
  record Signed(HttpHost host, String request) {}

  /// The part that all requests to a bucket share for one second.
  ///
  /// @param pathStart the part of the path before the key
  /// @param headers the text between the path and the signature
  /// @param signature null where requests are not signed
  private record Template(
      long second,
      AwsCredentials credentials,
      HttpHost host,
      String pathStart,
      String headers,
      @Nullable SignatureV4 signature) {}

  private final Endpoint endpoint;
  private final Region region;
  private final boolean unsigned;
  private final LongSupplier seconds;
  private final @Nullable String range;
  private final Map<String, Template> templates = new ConcurrentHashMap<>();

  /// @param unsigned whether requests carry no signature
  public HeadRequests(Endpoint endpoint, Region region, boolean unsigned) {
    this(endpoint, region, unsigned, () -> System.currentTimeMillis() / 1000);
  }

  /// @param seconds returns the time, in seconds since 1970
  public HeadRequests(Endpoint endpoint, Region region, boolean unsigned, LongSupplier seconds) {
    this(endpoint, region, unsigned, seconds, RANGE);
  }

  private HeadRequests(
      Endpoint endpoint,
      Region region,
      boolean unsigned,
      LongSupplier seconds,
      @Nullable String range) {
    this.endpoint = endpoint;
    this.region = region;
    this.unsigned = unsigned;
    this.seconds = seconds;
    this.range = range;
  }

  /// Requests that ask for metadata only, and stage nothing.
  static HeadRequests withoutRange(
      Endpoint endpoint, Region region, boolean unsigned, LongSupplier seconds) {
    return new HeadRequests(endpoint, region, unsigned, seconds, null);
  }

  Signed sign(ObjectRef object, AwsCredentials credentials) {
    Template template = template(object.bucket(), credentials);
    String path = template.pathStart() + encoded(object.key());
    SignatureV4 signature = template.signature();
    String signed = signature == null ? "" : signature.of(path.getBytes(StandardCharsets.US_ASCII));
    String request = METHOD + " " + path + template.headers() + signed + "\r\n\r\n";
    return new Signed(template.host(), request);
  }

  private Template template(String bucket, AwsCredentials credentials) {
    long second = seconds.getAsLong();
    Template known = templates.get(bucket);
    if (known != null && known.second() == second && known.credentials().equals(credentials)) {
      return known;
    }
    Template made = make(bucket, credentials, second);
    templates.put(bucket, made);
    return made;
  }

  private Template make(String bucket, AwsCredentials credentials, long second) {
    HttpHost host = host(endpoint, bucket);
    String name = host.toHostString();
    SignatureV4 signature =
        unsigned
            ? null
            : new SignatureV4(
                METHOD, name, range, region.id(), credentials, Instant.ofEpochSecond(second));
    return new Template(
        second,
        credentials,
        host,
        endpoint.pathStyle() ? "/" + bucket + "/" : "/",
        " HTTP/1.1\r\nUser-Agent: lota-prestage\r\n"
            + (signature == null ? unsignedHeaders(name) : signature.headers()),
        signature);
  }

  private String unsignedHeaders(String host) {
    return "Host: " + host + (range == null ? "" : "\r\nRange: " + range);
  }

  /// The host for a bucket, with its port unless it is the default port of the scheme.
  public static HttpHost host(Endpoint endpoint, String bucket) {
    String scheme = endpoint.url().getScheme();
    String host = endpoint.host();
    int port = endpoint.port();
    boolean usual = port == (endpoint.isHttps() ? 443 : 80);
    return new HttpHost(
        scheme, endpoint.pathStyle() ? host : bucket + "." + host, usual ? -1 : port);
  }

  private static String encoded(String key) {
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z') || (c >= '-' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '_';
      if (!plain) {
        return SdkHttpUtils.urlEncodeIgnoreSlashes(key);
      }
    }
    return key;
  }
}
