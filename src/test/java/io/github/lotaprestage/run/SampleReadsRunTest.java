package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Answer;
import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.HttpServer;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// `--sample-reads` from the option to the report.
@Timeout(120)
class SampleReadsRunTest {

  private static LotaEmulator lota(Fault.Plan faults) {
    MemoryOrigin origin = new MemoryOrigin().bucket("bucket");
    for (int i = 0; i < 30; i++) {
      origin.put("bucket", "d/k" + i, 3 << 20);
    }
    origin.put("bucket", "d/empty", 0);
    return LotaEmulator.before(origin).keepNothing().faults(faults).start();
  }

  @Test
  void someStagedObjectsAreReadAfterwards() {
    try (LotaEmulator lota = lota((_, _, _, _) -> Fault.NONE)) {
      Result result = Cli.at(lota).json("--sample-reads 7 s3://bucket/d/").exits(0).silent();
      JsonNode reads = result.summary().get("reads");
      assertThat(reads.get("count").asInt()).isEqualTo(7);
      assertThat(reads.get("failed").asInt()).isZero();
      assertThat(reads.get("ttfb_ms").get("max").asLong()).isNotNegative();
      assertThat(reads.get("bytes_per_second").get("p50").asLong()).isPositive();
      assertThat(reads.get("head_ms").has("p99")).isTrue();
      assertThat(lota.seen().gets()).isEqualTo(7);
      assertThat(lota.seen().rangedHeads()).isEqualTo(30);
    }
  }

  @Test
  void fewerObjectsThanAskedForAreAllRead() {
    try (LotaEmulator lota = lota((_, _, _, _) -> Fault.NONE)) {
      Cli.at(lota)
          .run("--sample-reads 50 s3://bucket/d/")
          .exits(0)
          .outContains(
              "sample reads: 30\n", "first byte after p50", "their HEADs took", "speed p50");
    }
  }

  @Test
  void aReadThatFailsIsToldAndDoesNotChangeTheExitCode() {
    try (LotaEmulator lota =
        lota((request, _, key, _) ->
            request.method().equals("GET") && !key.isEmpty()
                ? Fault.status(403, "AccessDenied")
                : Fault.NONE)) {
      Cli.at(lota)
          .json("--sample-reads 3 s3://bucket/d/")
          .exits(0)
          .says("sample read failed: GET s3://bucket/d/k")
          .summary("reads.count", 0)
          .summary("reads.failed", 3);
    }
  }

  @Test
  void aReadWithoutContentIsAFailure() {
    MemoryOrigin origin = new MemoryOrigin().put("bucket", "d/k", 3);
    try (HttpServer server =
        new HttpServer(request ->
            request.method().equals("HEAD")
                ? Answer.empty(206)
                    .with("Content-Length", "1")
                    .with("Content-Range", "bytes 0-0/3")
                    .with("ETag", "\"e\"")
                    .with("x-amz-request-id", "1")
                : request.query().isEmpty()
                    ? Answer.empty(200)
                    : origin.send("GET", "bucket", "", request.query()))) {
      Cli.at("http://localhost:" + server.port())
          .json("--sample-reads 1 s3://bucket/d/k")
          .exits(0)
          .says("sample read failed: GET s3://bucket/d/k", "the answer has no content")
          .summary("reads.count", 0)
          .summary("reads.failed", 1);
    }
  }

  @Test
  void withoutTheOptionNothingIsRead() {
    try (LotaEmulator lota = lota((_, _, _, _) -> Fault.NONE)) {
      Result result = Cli.at(lota).json("s3://bucket/d/").exits(0);
      assertThat(result.summary().has("reads")).isFalse();
      assertThat(lota.seen().gets()).isZero();
    }
  }

  @Test
  void aDryRunStagesNothingThatCouldBeRead() {
    Cli.bare()
        .run("-n --sample-reads 3 s3://bucket/d/")
        .exits(2)
        .says("--sample-reads needs a run that stages");
  }
}
