package io.github.lotaprestage.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Answer;
import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.Result;
import io.github.lotaprestage.fixture.TestStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Set-ups in which a run works: every check succeeds.
@Timeout(120)
class HealthySetUpsTest {

  private static final List<String> CHECKS =
      List.of(
          "configuration",
          "endpoint",
          "addressing",
          "region",
          "authorities",
          "proxy",
          "file_descriptors",
          "memory",
          "dns",
          "bucket_dns",
          "tcp",
          "tls",
          "credentials",
          "service",
          "clock",
          "list",
          "head");

  @TempDir private Path directory;

  record Healthy(String name, Case.Story story) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Healthy healthy(String name, Case.Story story) {
    return new Healthy(name, story);
  }

  static Stream<Healthy> targets() {
    return Stream.of(
        healthy("a prefix", scene -> scene.lota().json("--doctor s3://bucket/data/")),
        healthy("a bucket", scene -> scene.lota().json("--doctor -b bucket")),
        healthy("a key", scene -> scene.lota().json("--doctor s3://bucket/data/a")),
        healthy("braces", scene -> scene.lota().json("--doctor 's3://bucket/data/{a,b}'")),
        healthy("a wildcard", scene -> scene.lota().json("--doctor 's3://bucket/d*/?'")),
        healthy(
            "two targets", scene -> scene.lota().json("--doctor s3://bucket/data/ s3://bucket/b/")),
        healthy("a dry run", scene -> scene.lota().json("--doctor -n s3://bucket/data/a")),
        healthy("no signature", scene -> scene.open().json("--doctor --no-sign-request -b bucket")),
        healthy(
            "a list below a target",
            scene ->
                scene
                    .lota()
                    .json("--doctor s3://bucket/data/ --files-from", scene.file("l", "a\n"))),
        healthy(
            "a manifest in the store",
            scene -> scene.lota().json("--doctor --manifest s3://bucket/data/a")),
        healthy(
            "standard input",
            scene -> scene.lota().json("--doctor s3://bucket/data/ --files-from -")));
  }

  /// Stores and gateways that treat requests without a signature in their own way.
  static Stream<Healthy> stores() {
    return Stream.of(
            Map.entry("drops what is not signed", new Fault.Broken(Answer.Fate.RESET)),
            Map.entry("cuts off what is not signed", new Fault.Broken(Answer.Fate.TRUNCATED)),
            Map.entry("does not answer what is not signed", new Fault.Broken(Answer.Fate.STALLED)),
            Map.entry("redirects what is not signed", new Fault.Status(302, "x", Map.of())),
            Map.entry("has an error for what is not signed", Fault.status(502, "x")))
        .map(store ->
            healthy(
                store.getKey(),
                scene ->
                    scene
                        .lota((request, _, _, _) ->
                            request.header("authorization").isEmpty()
                                ? store.getValue()
                                : Fault.NONE)
                        .json("--doctor s3://bucket/data/")));
  }

  static Stream<Healthy> sources() {
    String json =
        "{\"Version\":1,\"AccessKeyId\":\"%s\",\"SecretAccessKey\":\"%s\",\"Expiration\":\"%s\"}"
            .formatted(TestStore.ACCESS_KEY, TestStore.SECRET_KEY, "2099-01-01T00:00:00Z");
    return Stream.of(
        healthy(
            "credentials of a process",
            scene ->
                scene
                    .lota()
                    .without("AWS_ACCESS_KEY_ID")
                    .env(
                        "AWS_CONFIG_FILE",
                        scene
                            .file("config", "[default]\ncredential_process = echo '" + json + "'\n")
                            .toString())
                    .json("--doctor s3://bucket/data/")),
        healthy(
            "credentials of a container",
            scene ->
                scene
                    .lota()
                    .without("AWS_ACCESS_KEY_ID")
                    .env(
                        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                        "http://127.0.0.1:"
                            + scene
                                .server(_ -> Answer.of(200, json.getBytes(StandardCharsets.UTF_8)))
                                .port())
                    .json("--doctor s3://bucket/data/")));
  }

  static Stream<Healthy> all() {
    return Stream.of(targets(), stores(), sources()).flatMap(each -> each);
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyCheckSucceeds(Healthy each) throws Exception {
    Result result;
    try (Scene scene = new Scene(directory)) {
      result = each.story().tell(scene);
    }
    result.exits(0).silent();
    assertThat(result.json())
        .as(result.toString())
        .allSatisfy(line -> {
          assertThat(text(line, "status")).isEqualTo("ok");
          assertThat(line.has("fix")).isFalse();
          assertThat(line.get("duration_ms").isIntegralNumber()).isTrue();
        })
        .extracting(line -> text(line, "name"))
        .filteredOn(name -> !name.equals("key_lists"))
        .isEqualTo(CHECKS);
    assertThat(result.out()).doesNotContain(TestStore.SECRET_KEY);
  }

  @Test
  void whatWinsIsNamed() throws Exception {
    try (Scene scene = new Scene(directory)) {
      Path config =
          scene.file(
              "config", "[profile job]\nregion = EU-1\ns3 =\n  addressing_style = virtual\n");
      String out =
          scene
              .lota()
              .env("AWS_CONFIG_FILE", config.toString())
              .env("LOTA_PRESTAGE_REGION", "US-1")
              .env("AWS_PROFILE", "job")
              .json("--doctor s3://bucket/data/")
              .exits(0)
              .out();
      assertThat(out)
          .contains("profile 'job' (from AWS_PROFILE); files read: " + config)
          .contains("(from AWS_ENDPOINT_URL): LOTA")
          .contains("the bucket is in the host name (from profile 'job' in " + config + ")")
          .contains("US-1 (from LOTA_PRESTAGE_REGION)")
          .contains("from AWS_ACCESS_KEY_ID: access key ");
    }
  }

  @Test
  void oneHeadWithoutARangeIsSentAndNothingIsStaged() throws Exception {
    try (Scene scene = new Scene(directory)) {
      scene.lota().json("--doctor s3://bucket/data/ s3://bucket/b/c s3://bucket").exits(0);
      assertThat(scene.heads()).isEqualTo(1);
    }
  }

  @Test
  void aLineInTextHasTheFixAtItsEnd() throws Exception {
    try (Scene scene = new Scene(directory)) {
      Cli cli = scene.lota().env("HTTP_PROXY", "http://me:hidden@proxy");
      assertThat(cli.run("--doctor s3://bucket/data/").exits(0).out().lines())
          .hasSize(CHECKS.size())
          .anyMatch(line ->
              line.matches(
                  "warn  proxy +0\\.\\d+ s  HTTP_PROXY: set, but .*; fix: make sure that the"
                      + " endpoint can be reached without a proxy"));
      assertThat(cli.run("--doctor -q").exits(0).out().lines())
          .hasSize(4)
          .allMatch(line -> line.startsWith("warn  "));
      cli.run("--doctor -qq").exits(0).noOutput();
    }
  }

  @Test
  void withoutATargetTheRestIsChecked() throws Exception {
    try (Scene scene = new Scene(directory)) {
      List<JsonNode> lines = scene.lota().json("--doctor").exits(0).json();
      assertThat(lines)
          .filteredOn(line -> !text(line, "status").equals("ok"))
          .allSatisfy(line ->
              assertThat(text(line, "text")).isEqualTo("not checked, because there is no TARGET"))
          .extracting(line -> text(line, "name"))
          .containsExactly("bucket_dns", "list", "head");
    }
  }

  @Test
  void badUsagePrintsNothingOnStandardOutput() {
    Cli.bare().run("--doctor --concurrency none s3://bucket/").exits(2).noOutput();
    Cli.bare().run("--doctor s3://Not_A_Bucket!/").exits(2).noOutput();
    Cli.bare().run("--doctor --files-from /missing s3://bucket/").exits(2).noOutput();
  }

  private static String text(JsonNode line, String field) {
    return line.has(field) ? line.get(field).asString() : "";
  }
}
