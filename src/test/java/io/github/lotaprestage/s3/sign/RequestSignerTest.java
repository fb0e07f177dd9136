package io.github.lotaprestage.s3.sign;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.s3.config.Addressing;
import io.github.lotaprestage.s3.config.Endpoint;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hc.core5.http.Method;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/// Our signature is the one that the SDK's own signer makes.
class RequestSignerTest {

  private static final AwsCredentials KEYS = AwsBasicCredentials.create("AKID", "secret/+key");
  private static final AwsCredentials TOKEN =
      AwsSessionCredentials.create("AKID2", "other", "token/+=");

  private final Random random = new Random(20_261_124);
  private long second = 1_700_000_000;

  private static Endpoint endpoint(String url, boolean pathStyle) {
    return new Endpoint(URI.create(url), "test", new Addressing(pathStyle, "test"));
  }

  private Map<String, String> signedBySdk(
      Signing signing, AwsCredentials credentials, String path, String query, String host) {
    Endpoint endpoint = signing.endpoint();
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.HEAD)
            .protocol(endpoint.url().getScheme())
            .host(host)
            .port(endpoint.url().getPort() < 0 ? null : endpoint.url().getPort())
            .encodedPath(path)
            .rawQueryParameters(SdkHttpUtils.uriParams(URI.create("http://host/?" + query)))
            .putHeader("Range", "bytes=0-0")
            .build();
    return lowerCase(
        AwsV4HttpSigner.create()
            .sign(sign ->
                sign.identity(credentials)
                    .request(request)
                    .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, signing.region().id())
                    .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
                    .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false)
                    .putProperty(
                        HttpSigner.SIGNING_CLOCK,
                        Clock.fixed(Instant.ofEpochSecond(second), ZoneOffset.UTC)))
            .request()
            .headers()
            .entrySet()
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().getFirst())));
  }

  private static Map<String, String> lowerCase(Map<String, String> headers) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(headers);
    return all;
  }

  private static Map<String, String> headers(String request) {
    assertThat(request).endsWith("\r\n\r\n");
    return lowerCase(
        request
            .lines()
            .skip(1)
            .filter(line -> !line.isEmpty())
            .collect(
                Collectors.toMap(
                    line -> line.substring(0, line.indexOf(": ")),
                    line -> line.substring(line.indexOf(": ") + 2))));
  }

  private String key() {
    int[] characters =
        random
            .ints(1 + random.nextInt(30), 0x20, random.nextBoolean() ? 0x7F : 0x1FFFF)
            .filter(c -> !Character.isSurrogate((char) c) || c > 0xFFFF)
            .toArray();
    return "k" + new String(characters, 0, characters.length);
  }

  private static String encoded(String key) {
    return SdkHttpUtils.urlEncode(key);
  }

  /// In the order of their names.
  private String query() {
    return switch (random.nextInt(3)) {
      case 0 -> "";
      case 1 -> "list-type=2&prefix=" + encoded(key());
      default ->
          "continuation-token=%s&delimiter=%%2F&list-type=2&prefix=&start-after=%s"
              .formatted(encoded(key()), encoded(key()));
    };
  }

  @Test
  void everyRequestIsSignedAsTheSdkDoes() {
    for (Endpoint endpoint :
        new Endpoint[] {
          endpoint("http://cwlota.com", false),
          endpoint("http://localhost:8333", true),
          endpoint("https://s3.example.com", false),
          endpoint("https://s3.example.com:443", false),
          endpoint("http://s3.example.com:80", true)
        }) {
      for (AwsCredentials credentials : new AwsCredentials[] {KEYS, TOKEN}) {
        for (Region region : new Region[] {Region.US_EAST_1, Region.of("ord1")}) {
          Signing signing = new Signing(endpoint, region, false, () -> second);
          RequestSigner signer = new RequestSigner(signing, Method.HEAD, "bytes=0-0");
          for (int i = 0; i < 100; i++) {
            second += random.nextInt(3) * 40_000L;
            String path = random.nextInt(5) == 0 ? "" : "/" + encoded(key());
            String query = query();
            SignedRequest signed = signer.sign("bucket" + i % 2, path, query, credentials);
            String whole = (endpoint.pathStyle() ? "/bucket" + i % 2 : "") + path;
            String sent = whole.isEmpty() ? "/" : whole;
            String target = query.isEmpty() ? sent : sent + "?" + query;
            assertThat(signed.text().lines().findFirst()).hasValue("HEAD " + target + " HTTP/1.1");
            Map<String, String> ours = headers(signed.text());
            assertThat(ours.remove("User-Agent")).isEqualTo("lota-prestage");
            assertThat(ours)
                .isEqualTo(
                    signedBySdk(signing, credentials, sent, query, signed.host().getHostName()));
          }
        }
      }
    }
  }

  @Test
  void otherCredentialsAreUsedAtOnce() {
    RequestSigner signer =
        new RequestSigner(
            new Signing(
                endpoint("http://cwlota.com", false), Region.US_EAST_1, false, () -> second),
            Method.HEAD,
            null);
    assertThat(signer.sign("bucket", "/k", "", KEYS).text()).contains("Credential=AKID/");
    assertThat(signer.sign("bucket", "/k", "", TOKEN).text())
        .contains("Credential=AKID2/", "x-amz-security-token: token/+=\r\n");
  }

  @Test
  void withoutASignatureThereAreJustTheHeadersOfTheRequest() {
    RequestSigner signer =
        new RequestSigner(
            new Signing(endpoint("http://localhost:9", true), Region.US_EAST_1, true, () -> second),
            Method.HEAD,
            "bytes=0-0");
    assertThat(signer.sign("bucket", "/a%20b", "", KEYS).text().split("\r\n", -1))
        .containsExactly(
            "HEAD /bucket/a%20b HTTP/1.1",
            "User-Agent: lota-prestage", "Host: localhost:9", "Range: bytes=0-0", "", "");
  }
}
