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

/// Writes the documented request, `HEAD` with `Range: bytes=0-0`, and signs it. Nothing but the
/// path differs between the objects of a bucket, so all else is worked out once a second. Any
/// thread may sign.
///
/// Source: CoreWeave's page on pre-staging objects into the LOTA cache.
public final class HeadRequests {

  private static final String METHOD = "HEAD";
  private static final String RANGE = "bytes=0-0";

  /// @param host where it goes
  /// @param request the whole of it, as it is sent
  record Signed(HttpHost host, String request) {}

  /// What all requests to a bucket have in common for a second.
  ///
  /// @param pathStart the path in front of the key
  /// @param headers what stands behind the path, up to the signature
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
  private final Map<String, Template> templates = new ConcurrentHashMap<>();

  /// @param unsigned whether requests carry no signature
  public HeadRequests(Endpoint endpoint, Region region, boolean unsigned) {
    this(endpoint, region, unsigned, () -> System.currentTimeMillis() / 1000);
  }

  /// @param seconds tells the time, in seconds since 1970
  public HeadRequests(Endpoint endpoint, Region region, boolean unsigned, LongSupplier seconds) {
    this.endpoint = endpoint;
    this.region = region;
    this.unsigned = unsigned;
    this.seconds = seconds;
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
    HttpHost host = host(bucket);
    String name = host.toHostString();
    SignatureV4 signature =
        unsigned
            ? null
            : new SignatureV4(
                METHOD, name, RANGE, region.id(), credentials, Instant.ofEpochSecond(second));
    return new Template(
        second,
        credentials,
        host,
        endpoint.pathStyle() ? "/" + bucket + "/" : "/",
        " HTTP/1.1\r\nUser-Agent: lota-prestage\r\n"
            + (signature == null ? "Host: " + name + "\r\nRange: " + RANGE : signature.headers()),
        signature);
  }

  /// With its port where that is not the scheme's own.
  private HttpHost host(String bucket) {
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
