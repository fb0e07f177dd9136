package io.github.lotaprestage.s3.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.lotaprestage.s3.config.Addressing;
import io.github.lotaprestage.s3.config.Endpoint;
import io.github.lotaprestage.s3.sign.SignedRequest;
import io.github.lotaprestage.s3.sign.Signing;
import io.github.lotaprestage.source.listing.Listing;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/// Our LIST is the one that the SDK's client would send.
class ListRequestsTest {

  private static final AwsBasicCredentials KEYS = AwsBasicCredentials.create("AKID", "secret");

  private final Random random = new Random(20_261_127);

  /// Keeps what the SDK wants to send, and sends nothing.
  private static final class Kept implements SdkHttpClient {
    private final AtomicReference<SdkHttpRequest> request = new AtomicReference<>();

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest execute) {
      request.set(execute.httpRequest());
      throw new IllegalStateException("not sent");
    }

    @Override
    public void close() {}
  }

  private static Endpoint endpoint(boolean pathStyle) {
    return new Endpoint(
        URI.create("http://s3.example.com:9000"), "test", new Addressing(pathStyle, "test"));
  }

  private static SdkHttpRequest ofSdk(Listing.Query query, boolean pathStyle) {
    Kept kept = new Kept();
    try (S3Client client =
        S3Client.builder()
            .endpointOverride(endpoint(pathStyle).url())
            .forcePathStyle(pathStyle)
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(KEYS))
            .httpClient(kept)
            .build()) {
      assertThat(
              catchThrowable(() ->
                  client.listObjectsV2(request ->
                      request
                          .bucket(query.bucket())
                          .prefix(query.prefix())
                          .startAfter(query.startAfter())
                          .delimiter(query.directories() ? "/" : null)
                          .continuationToken(query.token())
                          .maxKeys(query.maxKeys())
                          .encodingType(EncodingType.URL))))
          .hasStackTraceContaining("not sent");
    }
    return Objects.requireNonNull(kept.request.get());
  }

  private String text() {
    int[] points =
        random
            .ints(random.nextInt(20), 0x20, random.nextBoolean() ? 0x7F : 0x1FFFF)
            .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
            .toArray();
    return "/ +&=%" + new String(points, 0, points.length);
  }

  private @Nullable String perhaps() {
    return random.nextBoolean() ? null : text();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void asksForTheSamePage(boolean pathStyle) {
    ListRequests requests =
        new ListRequests(new Signing(endpoint(pathStyle), Region.US_EAST_1, false, () -> 0));
    for (int i = 0; i < 30; i++) {
      Listing.Query query =
          new Listing.Query(
              "bucket",
              random.nextInt(3) == 0 ? "" : text(),
              perhaps(),
              random.nextBoolean(),
              perhaps(),
              1 + random.nextInt(1000));
      SignedRequest ours = requests.sign(query, KEYS);
      String line = ours.text().lines().findFirst().orElseThrow();
      URI target =
          URI.create("http://host" + line.substring("GET ".length(), line.lastIndexOf(' ')));
      SdkHttpRequest theirs = ofSdk(query, pathStyle);
      assertThat(parameters(target.getRawQuery()))
          .isEqualTo(parameters(theirs.encodedQueryParameters().orElseThrow()));
      assertThat(target.getRawPath()).isEqualTo(path(theirs));
      assertThat(ours.host().getHostName()).isEqualTo(theirs.host());
      assertThat(ours.host().getPort()).isEqualTo(theirs.port());
      assertThat(line).startsWith(theirs.method() + " ");
    }
  }

  private static Map<String, List<String>> parameters(String query) {
    return SdkHttpUtils.uriParams(URI.create("http://host/?" + query));
  }

  /// A request needs a path.
  private static String path(SdkHttpRequest request) {
    return request.encodedPath().isEmpty() ? "/" : request.encodedPath();
  }
}
