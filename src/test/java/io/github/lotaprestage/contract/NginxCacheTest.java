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
    at("http", "cache")
        .json("s3://datasets/cold/")
        .silent()
        .exits(0)
        .prestaged(keys.size())
        .summary("retries", 0);
    assertAll(keys, "200 HIT");
  }

  @Test
  void theCertificateOfAPrivateAuthorityIsTrustedOnlyIfItIsGiven() {
    List<String> keys = fill("tls", 50);
    at("https", "tls")
        .json("s3://datasets/tls/")
        .exits(3)
        .summary("error.code", "UntrustedCertificate");
    assertAll(keys, "200 MISS");
    String authority = RealStore.directory().resolve("tls/ca.pem").toString();
    at("https", "tls")
        .json("--ca-bundle", authority, "s3://datasets/tls/")
        .silent()
        .exits(0)
        .prestaged(keys.size());
    assertAll(keys, "200 HIT");
  }

  @Test
  void aWarmCacheIsStagedAgainFromTheCache() throws Exception {
    List<String> keys = fill("warm", 20);
    at("http", "cache").run("s3://datasets/warm/");
    assertAll(keys, "200 HIT");
    at("http", "cache").json("s3://datasets/warm/").prestaged(keys.size());
    assertThat(log("cache", "HEAD 206 HIT /warm/")).isEqualTo(keys.size());
  }

  @Test
  void aWrongSecretFillsNothing() {
    List<String> keys = fill("denied", 3);
    at("http", "cache")
        .env("AWS_SECRET_ACCESS_KEY", "wrong")
        .json("-b", BUCKET, "-k", keys.getFirst())
        .exits(3);
    assertAll(keys, "200 MISS");
  }

  @Test
  void anEmptyObjectIsSkipped() {
    store.put(BUCKET, "empty/file", new byte[0], "x/y");
    at("http", "cache").json("s3://datasets/empty/file").exits(0).object("reason", "empty");
  }

  @Test
  void aLimitOfConnectionsLosesNothing() throws Exception {
    List<String> keys = fill("connections", 1500);
    at("http", "connections")
        .json("s3://datasets/connections/")
        .exits(0)
        .prestaged(keys.size())
        .summary("throttled", n -> n.isPositive());
    assertThat((double) log("connections", "HEAD ") / keys.size()).isLessThan(1.5);
    assertAll(keys, "200 HIT");
  }

  @Test
  void aLimitOfRequestsLosesNothing() throws Exception {
    List<String> keys = fill("requests", 1500);
    at("http", "requests")
        .json("s3://datasets/requests/")
        .exits(0)
        .prestaged(keys.size())
        .summary("throttled", n -> n.isPositive());
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
