package io.github.lotaprestage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.LotaEmulator.Style;
import io.github.lotaprestage.fixture.Result;
import io.github.lotaprestage.fixture.TestStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What must hold with every real S3 server behind LOTA, and without LOTA in between.
abstract class StagingContract {

  private static final int OBJECTS = 25;

  private LotaEmulator lota = start(Style.PARTIAL);

  /// The server, with a bucket named `bucket`.
  abstract TestStore store();

  private LotaEmulator start(Style style) {
    return LotaEmulator.before(store().origin())
        .credentials(TestStore.ACCESS_KEY, TestStore.SECRET_KEY)
        .style(style)
        .start();
  }

  @BeforeEach
  void fill() {
    for (int i = 0; i < OBJECTS; i++) {
      put("data/part-%02d.tar".formatted(i), "x".repeat(10 + i));
    }
    put("data/empty", "");
    put("other/file", "other");
  }

  @AfterEach
  void stop() {
    lota.close();
  }

  private void put(String key, String content) {
    store().put("bucket", key, content.getBytes(StandardCharsets.UTF_8), "application/x-tar");
  }

  @ParameterizedTest
  @EnumSource(Style.class)
  void stagesEverythingBelowAPrefix(Style style) {
    lota.close();
    lota = start(style);
    Result result =
        Cli.at(lota).json("s3://bucket/data/").silent().exits(0).prestaged(OBJECTS).skipped(1);
    assertThat(lota.seen().rangedHeads()).isEqualTo(OBJECTS);
    assertThat(lota.seen().others()).isZero();
    assertThat(lota.seen().gets()).isZero();
    assertThat(lota.cachedObjects()).isEqualTo(OBJECTS);
    JsonNode last =
        result.objects().stream()
            .filter(line -> line.get("key").asString().equals("data/part-24.tar"))
            .findFirst()
            .orElseThrow();
    assertThat(last.get("size").asInt()).isEqualTo(34);
    assertThat(last.get("content_type").asString()).isEqualTo("application/x-tar");
    assertThat(last.get("etag").asString()).doesNotContain("\"").isNotEmpty();
    assertThat(last.get("last_modified").asString()).endsWith("Z");
  }

  /// Where a listing is long, its parts are listed at once: with a delimiter, from keys in its
  /// middle, and over several pages.
  @Test
  void everyKeyOfALongListingComesOnce() {
    List<String> keys =
        IntStream.range(0, 2400)
            .mapToObj(
                i -> i % 3 == 0 ? "long/%04d".formatted(i) : "long/%d/%04d".formatted(i % 3, i))
            .toList();
    keys.forEach(key -> put(key, "x"));
    Result result = Cli.at(lota).json("-n s3://bucket/long/").silent();
    assertThat(result.objects("key")).hasSameSizeAs(keys).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(lota.seen().lists()).isGreaterThan(3);
  }

  @Test
  void aStagedObjectIsReadFromTheCache() throws Exception {
    Cli.at(lota).run("s3://bucket/data/part-03.tar");
    assertThat(lota.cached("bucket", "data/part-03.tar")).isTrue();
    assertThat(lota.cached("bucket", "data/part-04.tar")).isFalse();
  }

  @Test
  void aNamedEmptyObjectIsToldByIts416() {
    Result result = Cli.at(lota).json("s3://bucket/data/empty").exits(0);
    assertThat(result.objects())
        .singleElement()
        .satisfies(line -> {
          assertThat(line.get("status").asString()).isEqualTo("skipped");
          assertThat(line.get("reason").asString()).isEqualTo("empty");
          assertThat(line.get("size").asInt()).isZero();
        });
    assertThat(lota.seen().rangedHeads()).isEqualTo(1);
  }

  @Test
  void missingKeysAndBucketsAreToldApart() {
    Result key = Cli.at(lota).json("s3://bucket/data/nope").exits(1);
    assertThat(error(key)).isEqualTo("NoSuchKey");
    Result bucket = Cli.at(lota).json("s3://missing-bucket/data/nope").exits(3);
    assertThat(error(bucket)).isEqualTo("NoSuchBucket");
    Cli.at(lota).json("s3://missing-bucket/data/").exits(3).summary("error.code", "NoSuchBucket");
  }

  private static String error(Result result) {
    return result.objects().getFirst().get("error").get("code").asString();
  }

  @Test
  void aKeyThatIsAPrefixGetsAHint() {
    Cli.at(lota)
        .run("s3://bucket/data")
        .exits(1)
        .errContains("objects exist below s3://bucket/data/");
  }

  @Test
  void dryRunsOnlyList() {
    Cli.at(lota).json("-n s3://bucket/data/ s3://bucket/other/file").exits(0).planned(OBJECTS + 1);
    assertThat(lota.seen().rangedHeads()).isZero();
    assertThat(lota.seen().others()).isZero();
    assertThat(lota.seen().lists()).isPositive();
  }

  @Test
  void filtersApply() {
    Cli.at(lota)
        .json(
            "s3://bucket/data/ --include part-* --exclude *-03.tar --min-size 11 --max-size 20 --newer-than 1d")
        .selected(9)
        .summary("listed", OBJECTS + 1);
  }

  @Test
  void worksOnTheServerItselfInPathStyle() {
    Cli.at(store().endpoint())
        .json("--path-style s3://bucket/data/")
        .exits(0)
        .prestaged(OBJECTS)
        .summary("bytes", 550);
  }

  /// A tracker is read by a range, which the server itself honours and the emulator does not.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theNewestCheckpointIsFound(boolean emulated) {
    put("named/latest", "global_step90");
    put("named/global_step90/a.pt", "x");
    put("named/global_step100/a.pt", "x");
    put("empty/latest", "");
    put("empty/global_step100/a.pt", "x");
    put("large/latest", "x".repeat(2 << 20));
    put("large/global_step100/a.pt", "x");
    Result result =
        Cli.at(emulated ? lota.endpoint() : store().endpoint())
            .json(
                "-n --latest 1 s3://bucket/named/ s3://bucket/empty/ s3://bucket/large/",
                "--path-style=" + !emulated)
            .exits(0)
            .summary("metadata_reads", 2);
    assertThat(result.summary().get("chosen").valueStream())
        .extracting(chosen -> chosen.get("target").asString() + chosen.get("child").asString())
        .containsExactly(
            "s3://bucket/named/global_step90",
            "s3://bucket/empty/global_step100",
            "s3://bucket/large/global_step100");
    assertThat(lota.seen().rangedHeads()).isZero();
  }

  @Test
  void keysThatTheServerTakesComeThrough() {
    List<String> keys =
        List.of(
            "odd/a b", "odd/a+b", "odd/100%", "odd/q'\"q", "odd/a&b", "odd/ü", "odd/😀", "odd/a=b");
    keys.forEach(key -> put(key, "odd"));
    Result result = Cli.at(lota).json("s3://bucket/odd/").exits(0);
    assertThat(result.objects("key")).containsExactlyInAnyOrderElementsOf(keys);
    keys.forEach(key -> assertThat(lota.cached("bucket", key)).as(key).isTrue());
  }

  @Test
  void theCacheServesWhatWasStaged() throws Exception {
    lota.close();
    lota = LotaEmulator.before(store().origin()).allowPathStyle().start();
    URI object = lota.address().resolve("/bucket/other/file");
    assertThat(read(object).headers().firstValue("x-cache")).contains("MISS");
    Cli.at(lota.address()).run("s3://bucket/other/");
    HttpResponse<String> warm = read(object);
    assertThat(warm.headers().firstValue("x-cache")).contains("HIT");
    assertThat(warm.body()).isEqualTo("other");
  }

  private static HttpResponse<String> read(URI object) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(object).build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
