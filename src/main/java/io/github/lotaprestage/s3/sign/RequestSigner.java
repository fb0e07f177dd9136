package io.github.lotaprestage.s3.sign;

import io.github.lotaprestage.s3.config.Endpoint;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.Method;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/// Writes and signs requests of one kind. Those to a bucket differ only in their path and query, so
/// everything else is computed once a second. Safe for use by any thread.
public final class RequestSigner {

  /// The part that all requests to a bucket share for one second.
  ///
  /// @param bucketPath the beginning of the path, which names the bucket or is empty
  /// @param headers the text between the path and the signature
  /// @param signature null where requests are not signed
  private record Template(
      long second,
      AwsCredentials credentials,
      HttpHost host,
      String bucketPath,
      String headers,
      @Nullable SignatureV4 signature) {}

  private final Signing signing;
  private final Method method;
  private final @Nullable String range;
  private final Map<String, Template> templates = new ConcurrentHashMap<>();

  /// @param range the `Range` header; null for none
  public RequestSigner(Signing signing, Method method, @Nullable String range) {
    this.signing = signing;
    this.method = method;
    this.range = range;
  }

  /// @param path encoded; it begins with a slash, or is empty for the bucket itself
  /// @param query encoded, its parameters in the order of their names; empty for none
  public SignedRequest sign(String bucket, String path, String query, AwsCredentials credentials) {
    Template template = template(bucket, credentials);
    String whole = template.bucketPath() + path;
    String sent = whole.isEmpty() ? "/" : whole;
    SignatureV4 signature = template.signature();
    String signed = signature == null ? "" : signature.of(sent, query);
    String target = query.isEmpty() ? sent : sent + "?" + query;
    return new SignedRequest(
        template.host(), method + " " + target + template.headers() + signed + "\r\n\r\n");
  }

  /// The path of an object.
  public static String path(String key) {
    return "/" + encoded(key);
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

  private Template template(String bucket, AwsCredentials credentials) {
    long second = signing.seconds().getAsLong();
    Template known = templates.get(bucket);
    if (known != null && known.second() == second && known.credentials().equals(credentials)) {
      return known;
    }
    Template made = make(bucket, credentials, second);
    templates.put(bucket, made);
    return made;
  }

  private Template make(String bucket, AwsCredentials credentials, long second) {
    HttpHost host = host(signing.endpoint(), bucket);
    String name = host.toHostString();
    SignatureV4 signature =
        signing.unsigned()
            ? null
            : new SignatureV4(
                method.name(),
                name,
                range,
                signing.region().id(),
                credentials,
                Instant.ofEpochSecond(second));
    return new Template(
        second,
        credentials,
        host,
        signing.endpoint().pathStyle() ? "/" + bucket : "",
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
}
