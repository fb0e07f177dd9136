package io.github.lotaprestage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// The program before nginx as a cache, which fills on HEAD and says of each GET whether it had the
/// object. nginx answers a HEAD when the fill begins, not when it ends as LOTA does; a GET waits
/// for a fill that is under way.
@EnabledIfSystemProperty(
    named = RealStore.DIRECTORY,
    matches = ".+",
    disabledReason = RealStore.REASON)
class NginxCacheTest {

  private static final String BUCKET = "datasets";

  @SuppressWarnings("NullAway.Init")
  private static RealStore store;

  @SuppressWarnings("NullAway.Init")
  private static HttpClient http;

  @BeforeAll
  static void createBucket() {
    http = HttpClient.newHttpClient();
    store = RealStore.nginx();
    store.createBucket(BUCKET);
    store.publish(BUCKET);
  }

  @AfterAll
  static void close() {
    http.close();
    store.close();
  }

  private static Cli at(String scheme, String port) {
    return Cli.at(scheme + "://localhost:" + RealStore.port(port));
  }

  private static List<String> fill(String prefix, int count) {
    List<String> keys =
        IntStream.range(0, count).mapToObj(i -> "%s/%04d.tar".formatted(prefix, i)).toList();
    keys.parallelStream()
        .forEach(key -> store.put(BUCKET, key, new byte[1 + key.hashCode() & 0xffff], "x/y"));
    return keys;
  }

  /// What the cache says to a GET that it must not keep.
  private static String look(String key) {
    URI object = URI.create("http://datasets.localhost:" + RealStore.port("cache") + "/" + key);
    HttpRequest request = HttpRequest.newBuilder(object).header("X-No-Store", "1").build();
    try {
      HttpResponse<Void> answer = http.send(request, HttpResponse.BodyHandlers.discarding());
      return answer.statusCode() + " " + answer.headers().firstValue("X-Cache-Status").orElse("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertAll(List<String> keys, String status) {
    assertThat(keys).allSatisfy(key -> assertThat(look(key)).isEqualTo(status));
  }

  @Test
  void everyObjectIsAMissBeforeAndAHitAfterwards() {
    List<String> keys = fill("cold", 200);
    assertAll(keys, "200 MISS");
    Cli.Result result = at("http", "cache").run("-o", "json", "s3://datasets/cold/");
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    assertThat(result.summary().get("prestaged").asInt()).isEqualTo(keys.size());
    assertThat(result.summary().get("retries").asInt()).isZero();
    assertAll(keys, "200 HIT");
  }

  @Test
  void theCertificateOfAPrivateAuthorityIsTrustedOnlyIfItIsGiven() {
    List<String> keys = fill("tls", 50);
    Cli.Result untrusted = at("https", "tls").run("-o", "json", "s3://datasets/tls/");
    assertThat(untrusted.code()).isEqualTo(3);
    assertThat(untrusted.summary().get("error").get("code").asString())
        .isEqualTo("UntrustedCertificate");
    assertAll(keys, "200 MISS");
    String authority = RealStore.directory().resolve("tls/ca.pem").toString();
    Cli.Result result =
        at("https", "tls").run("-o", "json", "--ca-bundle", authority, "s3://datasets/tls/");
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    assertThat(result.summary().get("prestaged").asInt()).isEqualTo(keys.size());
    assertAll(keys, "200 HIT");
  }

  @Test
  void aWarmCacheIsStagedAgainFromTheCache() throws Exception {
    List<String> keys = fill("warm", 20);
    at("http", "cache").run("s3://datasets/warm/");
    assertAll(keys, "200 HIT");
    Cli.Result again = at("http", "cache").run("-o", "json", "s3://datasets/warm/");
    assertThat(again.summary().get("prestaged").asInt()).isEqualTo(keys.size());
    assertThat(log("cache", "HEAD 206 HIT /warm/")).isEqualTo(keys.size());
  }

  @Test
  void aWrongSecretFillsNothing() {
    List<String> keys = fill("denied", 3);
    Cli.Result result =
        at("http", "cache")
            .env("AWS_SECRET_ACCESS_KEY", "wrong")
            .run("-o", "json", "-b", BUCKET, "-k", keys.getFirst());
    assertThat(result.code()).isEqualTo(3);
    assertAll(keys, "200 MISS");
  }

  @Test
  void anEmptyObjectIsSkipped() {
    store.put(BUCKET, "empty/file", new byte[0], "x/y");
    Cli.Result result = at("http", "cache").run("-o", "json", "s3://datasets/empty/file");
    assertThat(result.code()).isZero();
    assertThat(result.objects().getFirst().get("reason").asString()).isEqualTo("empty");
  }

  @Test
  void aLimitOfConnectionsLosesNothing() throws Exception {
    List<String> keys = fill("connections", 1500);
    Cli.Result result = at("http", "connections").run("-o", "json", "s3://datasets/connections/");
    assertThat(result.code()).isZero();
    assertThat(result.summary().get("prestaged").asInt()).isEqualTo(keys.size());
    assertThat(result.summary().get("throttled").asInt()).isPositive();
    assertThat((double) log("connections", "HEAD ") / keys.size()).isLessThan(1.5);
    assertAll(keys, "200 HIT");
  }

  @Test
  void aLimitOfRequestsLosesNothing() throws Exception {
    List<String> keys = fill("requests", 1500);
    Cli.Result result = at("http", "requests").run("-o", "json", "s3://datasets/requests/");
    assertThat(result.code()).isZero();
    assertThat(result.summary().get("prestaged").asInt()).isEqualTo(keys.size());
    assertThat(result.summary().get("throttled").asInt()).isPositive();
    assertThat((double) log("requests", "HEAD ") / keys.size()).isLessThan(1.5);
    assertAll(keys, "200 HIT");
  }

  /// How many requests of nginx's log came to this port and go on like this.
  private static long log(String port, String text) throws IOException {
    String start = RealStore.port(port) + " " + text;
    try (var lines = Files.lines(RealStore.directory().resolve("log/access.log"))) {
      return lines.filter(line -> line.startsWith(start)).count();
    }
  }
}
