package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Result;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// With `-o json`, standard error is JSON too.
@Timeout(120)
class JsonMessagesTest {

  private final LotaEmulator lota =
      LotaEmulator.before(
              new MemoryOrigin()
                  .generate("bucket", 30, "data/%02d"::formatted)
                  .bucket("other-bucket")
                  .put("other-bucket", "quote\" back\\slash\nline\u202e", 1))
          .faults((request, bucket, _, attempt) -> {
            if (request.method().equals("HEAD") && bucket.equals("other-bucket")) {
              return Fault.status(403, "AccessDenied");
            }
            return request.method().equals("HEAD") && attempt == 1
                ? Fault.status(500, "InternalError")
                : Fault.NONE;
          })
          .start();

  @AfterEach
  void close() {
    lota.close();
  }

  private static JsonNode only(List<JsonNode> lines) {
    assertThat(lines).hasSize(1);
    return lines.getFirst();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-o json --nope",
        "--nope -o json s3://bucket/",
        "-ojson --concurrency many s3://bucket/",
        "--rate x --output=JSON",
        "-qo json s3://",
        "-o json -o json s3://bucket/",
        "-o json --dry-run= s3://bucket/",
        "--endpoint-url http://h/path --output json s3://bucket/",
      })
  void badUsageIsAMessage(String line) {
    Result run = Cli.at(lota).run(line).exits(2).noOutput();
    JsonNode message = only(run.said("message"));
    assertThat(message.at("/level").asString()).isEqualTo("error");
    assertThat(message.at("/text").asString())
        .endsWith(" (see lota-prestage --help)")
        .doesNotStartWith("lota-prestage:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--nope", "-o text --nope", "-- -ojson"})
  void otherwiseItIsText(String line) {
    Cli.at(lota).run(line).exits(2).err(err -> err.startsWith("lota-prestage: "));
    assertThat(Cli.at(lota).run(line).err()).startsWith("lota-prestage: ");
  }

  @Test
  void theEnvironmentCountsToo() {
    Result run = Cli.at(lota).env("LOTA_PRESTAGE_OUTPUT", "json").run("").exits(2).noOutput();
    assertThat(run.said("message")).hasSize(2);
    Cli.at(lota)
        .env("LOTA_PRESTAGE_OUTPUT", "json")
        .env("LOTA_PRESTAGE_RATE", "x")
        .run("s3://bucket/")
        .exits(2)
        .says("LOTA_PRESTAGE_RATE");
  }

  @Test
  void theLogHasItsLevels() {
    Result run = Cli.at(lota).json("-v s3://bucket/data/").exits(0).prestaged(30);
    assertThat(run.said("message")).hasSizeGreaterThan(30);
    assertThat(run.said("message"))
        .allSatisfy(line -> assertThat(line.at("/level").asString()).isIn("info", "warn"));
    assertThat(run.said("message"))
        .noneMatch(line -> line.at("/text").asString().startsWith("info:"));
  }

  @Test
  void aStackTraceIsAField() {
    Result run = Cli.at(lota).json("--stacktrace s3://").exits(2);
    JsonNode trace = run.said("message").getLast();
    assertThat(trace.at("/stacktrace").asString())
        .startsWith(trace.at("/text").asString() + "\n\tat ")
        .contains("PrestageCommand");
  }

  @Test
  void textIsNotEscapedTwice() {
    Result run = Cli.at(lota).json("s3://other-bucket/").exits(3);
    run.object("key", "quote\" back\\slash\nline\u202e");
    Result missing = Cli.at(lota).json("s3://bucket/x\"y\\z?").exits(4);
    assertThat(only(missing.said("message")).at("/text").asString())
        .contains("s3://bucket/x\"y\\z?");
    assertThat(missing.err()).contains("x\\\"y\\\\z?");
  }

  @Test
  void progressIsAnObject() {
    Result run =
        Cli.at(lota).json("-c 1 --progress-interval 1ms s3://bucket/data/").exits(0).prestaged(30);
    List<JsonNode> lines = run.said("progress");
    assertThat(lines).isNotEmpty();
    for (JsonNode line : lines) {
      assertThat(line.at("/finished").asLong()).isLessThanOrEqualTo(line.at("/selected").asLong());
      assertThat(line.at("/selected").asLong()).isLessThanOrEqualTo(30);
      assertThat(line.propertyNames())
          .contains("total_known", "failed", "bytes", "in_flight", "objects_per_second");
      if (line.has("eta")) {
        assertThat(line.at("/total_known").asBoolean()).isTrue();
        assertThat(Instant.parse(line.at("/eta").asString()))
            .isAfter(Instant.now().minusSeconds(60));
      }
    }
    assertThat(lines).anyMatch(line -> line.has("eta") && line.at("/selected").asLong() == 30);
  }
}
