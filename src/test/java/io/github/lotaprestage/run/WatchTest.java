package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Request;
import io.github.lotaprestage.fixture.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// `--watch` from its value to the HEADs. What happens in which round depends on the number of
/// listings that the store has seen.
@Timeout(120)
class WatchTest {

  private final MemoryOrigin origin = new MemoryOrigin().bucket("bucket");
  private final AtomicInteger listings = new AtomicInteger();
  private volatile IntConsumer beforeListing = _ -> {};
  private volatile Fault.Plan faults = (_, _, _, _) -> Fault.NONE;
  private final AtomicInteger handlerCalls = new AtomicInteger();
  private volatile IntConsumer signals = _ -> {};
  private final LotaEmulator lota =
      LotaEmulator.before(origin).keepNothing().faults(this::fault).start();

  private Fault fault(Request request, String bucket, String key, int attempt) {
    if (request.method().equals("GET") && key.isEmpty()) {
      beforeListing.accept(listings.incrementAndGet());
    }
    return faults.of(request, bucket, key, attempt);
  }

  @AfterEach
  void stop() {
    lota.close();
  }

  /// A run that gets SIGTERM before the listing with this number.
  private Cli until(int listing, IntConsumer otherwise) {
    beforeListing =
        number -> {
          if (number == listing) {
            handlerCalls.incrementAndGet();
            signals.accept(15);
          } else {
            otherwise.accept(number);
          }
        };
    return Cli.at(lota).signals(handler -> signals = handler);
  }

  @Test
  void whatIsNewOrChangedIsStaged() {
    origin.put("bucket", "d/a", 1).put("bucket", "d/b", 1);
    Result result =
        until(
                5,
                number -> {
                  if (number == 3) {
                    origin.put("bucket", "d/c", 1).put("bucket", "d/b", 2);
                  }
                })
            .json("--watch 1ms --list-concurrency 1 s3://bucket/d/")
            .exits(143)
            .prestaged(4);
    assertThat(lota.seen().rangedHeads()).isEqualTo(4);
    assertThat(result.json())
        .filteredOn(line -> line.get("type").asString().equals("round"))
        .hasSizeGreaterThanOrEqualTo(3)
        .satisfies(rounds -> {
          assertThat(rounds.getFirst().get("prestaged").asInt()).isEqualTo(2);
          assertThat(rounds.get(1).get("unchanged").asInt()).isEqualTo(2);
          assertThat(rounds.get(2).get("prestaged").asInt()).isEqualTo(2);
        });
    assertThat(result.json().getLast().get("type").asString()).isEqualTo("summary");
  }

  @Test
  void whatFailedIsTriedAgainAndCountsByItsLastOutcome() {
    origin.put("bucket", "d/a", 1).put("bucket", "d/b", 1);
    faults =
        (request, _, key, attempt) ->
            request.method().equals("HEAD") && key.equals("d/b") && attempt <= 2
                ? Fault.status(403, "AccessDenied")
                : Fault.NONE;
    Result result =
        until(9, _ -> {})
            .json("--watch 1ms --list-concurrency 1 --max-attempts 1 s3://bucket/d/")
            .exits(143)
            .prestaged(2)
            .failed(0)
            .selected(2);
    assertThat(result.objects())
        .filteredOn(object -> object.get("status").asString().equals("failed"))
        .hasSize(2);
  }

  @Test
  void aListingThatFailsLaterDoesNotEndIt() {
    origin.put("bucket", "d/a", 1);
    faults =
        (request, _, key, _) ->
            request.method().equals("GET") && key.isEmpty() && listings.get() == 2
                ? Fault.status(403, "AccessDenied")
                : Fault.NONE;
    until(
            4,
            number -> {
              if (number == 3) {
                origin.put("bucket", "d/b", 1);
              }
            })
        .json("--watch 1ms --list-concurrency 1 s3://bucket/d/")
        .exits(143)
        .errContains("this run goes on", "listing works again")
        .prestaged(2);
  }

  @Test
  void aBucketThatDoesNotExistEndsIt() {
    Cli.at(lota).run("--watch 1h s3://other-bucket/d/").exits(3).errContains("NoSuchBucket");
  }

  @Test
  void theDeadlineEndsItWithZeroIfNothingIsLeft() {
    origin.put("bucket", "d/a", 1);
    Cli.at(lota).json("--watch 1h --max-duration 3s s3://bucket/d/").exits(0).prestaged(1);
    Cli.at(lota).json("--watch 1h --max-duration 3s s3://bucket/none/").exits(0).selected(0);
  }

  @Test
  void namedKeysAreNotSentAgain() {
    origin.put("bucket", "d/a", 1).put("bucket", "d/b", 1);
    until(4, _ -> {}).run("--watch 1ms s3://bucket/d/{a,b}").exits(143);
    assertThat(lota.seen().rangedHeads()).isEqualTo(2);
  }

  /// What a manifest says of an object does not change when the object does.
  @Test
  void whatAManifestNamesIsStagedAgainOnlyIfItHasChanged(@TempDir Path directory)
      throws IOException {
    origin.put("bucket", "d/index.json", 1).put("bucket", "d/shard.0.mds", 1);
    Path index =
        Files.writeString(
            directory.resolve("index.json"),
            """
            {"version": 2, "shards": [{"raw_data": {"basename": "shard.0.mds", "bytes": 1}}]}
            """);
    until(
            6,
            number -> {
              if (number == 4) {
                origin.put("bucket", "d/shard.0.mds", 2);
              }
            })
        .json("--watch 1ms --manifest", index, "s3://bucket/d/")
        .exits(143)
        .prestaged(3);
    assertThat(lota.seen().rangedHeads()).isEqualTo(3);
  }

  @Test
  void theJournalSurvivesARestart(@TempDir Path directory) {
    origin.put("bucket", "d/a", 1);
    Path journal = directory.resolve("journal");
    until(3, _ -> {})
        .run("--watch 1ms --list-concurrency 1 --journal", journal, "s3://bucket/d/")
        .exits(143);
    listings.set(0);
    Result result =
        until(4, _ -> {})
            .json("--watch 1ms --list-concurrency 1 --journal", journal, "s3://bucket/d/")
            .exits(143)
            .prestaged(0)
            .skipped(1);
    assertThat(result.objects()).hasSize(1);
    assertThat(lota.seen().rangedHeads()).isEqualTo(1);
  }

  /// The signal comes when the round is written, while the watch begins to wait for an hour.
  @Test
  void aSignalBetweenRoundsEndsItAtOnce() {
    origin.put("bucket", "d/a", 1);
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public synchronized void write(byte[] bytes, int from, int length) {
            super.write(bytes, from, length);
            if (toString(StandardCharsets.UTF_8).contains("\"round\"")) {
              signals.accept(15);
            }
          }
        };
    Cli.at(lota)
        .output(out)
        .signals(handler -> signals = handler)
        .json("--watch 1h --grace 1h s3://bucket/d/")
        .exits(143);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"prestaged\":1");
  }

  /// The second round finds two more objects, and one of them fits.
  @Test
  void theCapacityIsForAllRoundsTogether() {
    origin.put("bucket", "d/a", 1).put("bucket", "d/b", 1);
    Result result =
        until(
                6,
                number -> {
                  if (number == 2) {
                    origin.put("bucket", "d/c", 1).put("bucket", "d/d", 1);
                  }
                })
            .json("--watch 1ms --list-concurrency 1 --cache-capacity 3 s3://bucket/d/")
            .exits(143)
            .prestaged(3)
            .skipped(1);
    assertThat(lota.seen().rangedHeads()).isEqualTo(3);
    assertThat(result.objects())
        .filteredOn(object -> object.get("key").asString().equals("d/d"))
        .singleElement()
        .satisfies(
            object -> assertThat(object.get("reason").asString()).isEqualTo("over-capacity"));
  }

  @Test
  void everyVersionOfAnObjectTakesItsSize() {
    origin.put("bucket", "d/a", 1);
    until(
            5,
            number -> {
              if (number == 2) {
                origin.put("bucket", "d/a", 2);
              } else if (number == 3) {
                origin.put("bucket", "d/b", 1);
              }
            })
        .json("--watch 1ms --list-concurrency 1 --cache-capacity 3 s3://bucket/d/")
        .exits(143)
        .prestaged(2)
        .skipped(1);
    assertThat(lota.seen().rangedHeads()).isEqualTo(2);
  }

  @Test
  void anObjectThatIsTriedAgainTakesItsSizeOnce() {
    origin.put("bucket", "d/a", 1).put("bucket", "d/b", 1);
    faults =
        (request, _, key, attempt) ->
            request.method().equals("HEAD") && key.equals("d/a") && attempt <= 2
                ? Fault.status(403, "AccessDenied")
                : Fault.NONE;
    until(9, _ -> {})
        .json("--watch 1ms --list-concurrency 1 --max-attempts 1 --cache-capacity 2 s3://bucket/d/")
        .exits(143)
        .prestaged(2)
        .failed(0)
        .skipped(0);
  }

  @Test
  void aDeadlineWithObjectsThatDidNotFitIsALimit() {
    origin.put("bucket", "d/a", 1).put("bucket", "d/b", 1);
    Cli.at(lota)
        .json("--watch 1h --max-duration 5s --cache-capacity 1 s3://bucket/d/")
        .exits(5)
        .prestaged(1)
        .skipped(1)
        .says("stopped at the capacity of the cache: 1 of 2 objects");
  }

  @Test
  void eachRoundIsALine() {
    origin.put("bucket", "d/a", 1);
    Result result =
        until(3, _ -> {}).json("--watch 1ms --list-concurrency 1 s3://bucket/d/").exits(143);
    JsonNode first =
        result.json().stream()
            .filter(line -> line.get("type").asString().equals("round"))
            .findFirst()
            .orElseThrow();
    assertThat(first.get("round").asInt()).isEqualTo(1);
    assertThat(first.get("bytes").asInt()).isEqualTo(1);
    assertThat(first.has("elapsed_seconds")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--files-from -|but not standard input or a pipe",
        "-n s3://bucket/|remove --dry-run",
        "--failed-to /tmp/none s3://bucket/|remove --failed-to",
        "--sample-reads 3 s3://bucket/|remove --watch or --sample-reads",
        "--nodes 1 --capacity-policy refuse s3://bucket/|with --watch use stop",
      })
  void optionsThatDoNotGoTogetherAreRefused(String options, String problem) {
    Cli.at(lota).run("--watch 1m " + options).exits(2).says(problem);
  }
}
