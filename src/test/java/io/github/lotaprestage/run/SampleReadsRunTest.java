package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Answer;
import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.HttpServer;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Request;
import io.github.lotaprestage.fixture.Result;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
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
          .says("3 of 3 sample reads failed; the first: GET s3://bucket/d/k")
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
          .says(
              "1 of 1 sample reads failed; the first: GET s3://bucket/d/k",
              "the answer has no content")
          .summary("reads.count", 0)
          .summary("reads.failed", 1);
    }
  }

  /// What is staged is staged, so the run ends well, and at once.
  @Test
  void theDeadlineEndsReadsThatHang() {
    CountDownLatch never = new CountDownLatch(1);
    try (LotaEmulator lota = lota(holding(never))) {
      Cli.at(lota)
          .json("--sample-reads 3 --max-duration 2s --grace 1h s3://bucket/d/")
          .exits(0)
          .says("3 of 3 sample reads were not made, because the run was stopped")
          .prestaged(30);
    } finally {
      never.countDown();
    }
  }

  @Test
  void aSignalEndsReadsThatHang() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch reading = new CountDownLatch(1);
    CompletableFuture<IntConsumer> handler = new CompletableFuture<>();
    try (LotaEmulator lota =
        lota((request, bucket, key, attempt) -> {
          if (isRead(request, key)) {
            reading.countDown();
          }
          return holding(never).of(request, bucket, key, attempt);
        })) {
      CompletableFuture<Result> run =
          CompletableFuture.supplyAsync(() ->
              Cli.at(lota)
                  .signals(handler::complete)
                  .json("--sample-reads 3 --grace 1h s3://bucket/d/"));
      reading.await();
      handler.get().accept(2);
      run.get()
          .exits(130)
          .errContains("3 of 3 sample reads were not made, because the run was stopped")
          .prestaged(30);
    } finally {
      never.countDown();
    }
  }

  private static boolean isRead(Request request, String key) {
    return request.method().equals("GET") && !key.isEmpty();
  }

  private static Fault.Plan holding(CountDownLatch latch) {
    return (request, _, key, _) -> isRead(request, key) ? new Fault.Hold(latch) : Fault.NONE;
  }

  @Test
  void readsThatFailDoNotDelayTheEnd() {
    try (LotaEmulator lota =
        lota((request, _, key, _) ->
            isRead(request, key) ? Fault.status(500, "InternalError") : Fault.NONE)) {
      Cli.at(lota)
          .json("--sample-reads 20 s3://bucket/d/")
          .exits(0)
          .errContains("3 of 20 sample reads failed", "17 of 20 sample reads were not made")
          .summary("reads.failed", 3);
      assertThat(lota.seen().gets()).isEqualTo(6);
    }
  }

  @Test
  void anObjectThatWasDeletedIsAFailureOfItsOwn() {
    MemoryOrigin origin = new MemoryOrigin().put("bucket", "d/a", 1).put("bucket", "d/b", 1);
    try (LotaEmulator lota =
        LotaEmulator.before(origin)
            .keepNothing()
            .faults((request, _, key, _) -> {
              if (isRead(request, key)) {
                origin.delete("bucket", "d/a");
              }
              return Fault.NONE;
            })
            .start()) {
      Cli.at(lota)
          .json("--sample-reads 2 s3://bucket/d/")
          .exits(0)
          .says("1 of 2 sample reads failed; the first: GET s3://bucket/d/a: NoSuchKey")
          .summary("reads.count", 1)
          .summary("reads.failed", 1);
    }
  }

  /// It answers with the whole object, which is far larger than any buffer on the way.
  @Test
  void aStoreThatIgnoresTheRangeIsNotReadToTheEnd() {
    long size = 1L << 40;
    MemoryOrigin origin = new MemoryOrigin().put("bucket", "d/k", size);
    try (LotaEmulator lota = LotaEmulator.before(origin).keepNothing().start()) {
      Cli.at(lota)
          .json("--sample-reads 1 s3://bucket/d/k")
          .exits(0)
          .prestaged(1)
          .summary("reads.count", 1);
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
