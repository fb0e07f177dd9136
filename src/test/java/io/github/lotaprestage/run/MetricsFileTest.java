package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `--metrics-file`: the gauges of a run, for Prometheus.
@Timeout(120)
class MetricsFileTest {

  /// A run that was cut off may still write its file.
  @TempDir(cleanup = CleanupMode.NEVER)
  private Path directory;

  private final LotaEmulator lota =
      LotaEmulator.before(new MemoryOrigin().generate("bucket", 25, "data/%03d"::formatted))
          .faults((request, _, key, attempt) -> {
            if (!request.method().equals("HEAD")) {
              return Fault.NONE;
            }
            if (key.endsWith("7")) {
              return Fault.status(403, "AccessDenied");
            }
            return key.endsWith("3") && attempt == 1
                ? Fault.status(500, "InternalError")
                : Fault.NONE;
          })
          .start();

  @AfterEach
  void close() {
    lota.close();
  }

  private Path file() {
    return directory.resolve("lota.prom");
  }

  /// The values by their names with labels.
  private Map<String, Double> metrics() {
    assertThat(file()).exists();
    try {
      return Files.readString(file())
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" "))
          .collect(
              Collectors.toMap(
                  parts -> parts[0].replace("lota_prestage_", ""),
                  parts -> Double.parseDouble(parts[1])));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theEndOfARunHasAllGauges() throws Exception {
    Instant before = Instant.now();
    Cli.at(lota).run("--metrics-file", file(), "s3://bucket/data/").exits(1);
    assertThat(metrics())
        .containsEntry("objects{status=\"prestaged\"}", 23.0)
        .containsEntry("objects{status=\"failed\"}", 2.0)
        .containsEntry("objects{status=\"skipped\"}", 0.0)
        .containsEntry("objects{status=\"planned\"}", 0.0)
        .containsEntry("bytes", 23.0)
        .containsEntry("retries", 3.0)
        .containsEntry("requests{kind=\"head\"}", 25.0 + 3)
        .containsEntry("requests{kind=\"get\"}", 0.0)
        .containsEntry("exit_code", 1.0);
    assertThat(metrics().get("requests{kind=\"list\"}"))
        .isPositive()
        .isEqualTo((double) lota.seen().lists());
    assertThat(metrics().get("end_time_seconds"))
        .isBetween(before.toEpochMilli() / 1e3 - 1, Instant.now().toEpochMilli() / 1e3 + 1);
    assertThat(metrics().get("elapsed_seconds")).isPositive();
    assertThat(Files.readString(file()))
        .contains("# HELP lota_prestage_objects ", "# TYPE lota_prestage_objects gauge\n");
    assertThat(directory.toFile().list()).containsExactly("lota.prom");
  }

  @Test
  void aTrackerThatIsReadCountsAsGet() {
    MemoryOrigin origin =
        new MemoryOrigin()
            .bucket("bucket")
            .put("bucket", "run/latest_checkpointed_iteration.txt", 3)
            .put("bucket", "run/iter_0000900/metadata.json", 2);
    try (LotaEmulator other = LotaEmulator.before(origin).start()) {
      Cli.at(other).run("--latest 1 --metrics-file", file(), "s3://bucket/run/");
      assertThat(metrics()).containsEntry("requests{kind=\"get\"}", 1.0);
      assertThat(metrics()).containsEntry("requests{kind=\"list\"}", (double) other.seen().lists());
    }
  }

  @Test
  void aRunThatNeverBeganHasThemToo() {
    Cli.bare()
        .env("AWS_ENDPOINT_URL", lota.endpoint().toString())
        .run("--metrics-file", file(), "s3://bucket/")
        .exits(3);
    assertThat(metrics())
        .containsEntry("exit_code", 3.0)
        .containsEntry("objects{status=\"prestaged\"}", 0.0);
    Cli.at(lota).run("--metrics-file", file(), "s3://").exits(2);
    assertThat(metrics()).containsEntry("exit_code", 2.0).containsKey("end_time_seconds");
  }

  @Test
  void itIsWrittenWhileTheRunGoesOn() {
    CompletableFuture<IntConsumer> send = new CompletableFuture<>();
    CompletableFuture<Map<String, Double>> seen = new CompletableFuture<>();
    try (LotaEmulator hanging =
        LotaEmulator.before(new MemoryOrigin().generate("bucket", 2, "k%d"::formatted))
            .faults((request, _, key, _) -> {
              if (!request.method().equals("HEAD") || key.equals("k0")) {
                return Fault.NONE;
              }
              while (!seen.isDone()) {
                if (Files.exists(file())
                    && metrics().getOrDefault("objects{status=\"prestaged\"}", 0.0) == 1) {
                  seen.complete(metrics());
                }
              }
              send.join().accept(15);
              send.join().accept(2);
              return new Fault.Hold(new CountDownLatch(1));
            })
            .start()) {
      Cli.at(hanging)
          .signals(send::complete)
          .run("--progress-interval 1ms --grace 1h --metrics-file", file(), "s3://bucket/")
          .exits(143);
      assertThat(seen.join()).doesNotContainKeys("exit_code", "end_time_seconds");
      assertThat(metrics())
          .containsEntry("objects{status=\"prestaged\"}", 1.0)
          .containsEntry("exit_code", 143.0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/dev/null, is not a regular file",
    "/dev/stdout, is not a regular file",
    "/none/x.prom, no such directory",
    "-, must name a file",
  })
  void aFileThatCannotBeReplacedIsRefused(String file, String problem) {
    Cli.at(lota)
        .run("--metrics-file", file, "s3://bucket/")
        .exits(2)
        .says("--metrics-file", problem)
        .noOutput();
    assertThat(lota.seen().rangedHeads() + lota.seen().lists()).isZero();
  }

  @Test
  void itIsNotTheSummaryFile() {
    Cli.at(lota)
        .run("--summary-file", file(), "--metrics-file", file(), "s3://bucket/")
        .exits(2)
        .says("--summary-file and --metrics-file are the same file");
  }

  /// The directory goes away during the run.
  @Test
  void aFileThatCannotBeWrittenAtTheEndIsNoSuccess() throws Exception {
    Path gone = Files.createDirectory(directory.resolve("gone"));
    Path summary = directory.resolve("summary");
    try (LotaEmulator removing =
        LotaEmulator.before(new MemoryOrigin().generate("bucket", 1, "k%d"::formatted))
            .faults((_, _, _, _) -> {
              assertThat(gone.toFile().delete() || !gone.toFile().exists()).isTrue();
              return Fault.NONE;
            })
            .start()) {
      Cli.at(removing)
          .json(
              "--metrics-file",
              gone.resolve("lota.prom"),
              "--summary-file",
              summary,
              "s3://bucket/")
          .exits(3)
          .prestaged(1)
          .says("--metrics-file", "could not be written: no such directory")
          .summary("error.code", "MetricsFileUnwritten");
      assertThat(Files.readString(summary)).contains("\"exit_code\":3}");
    }
  }
}
