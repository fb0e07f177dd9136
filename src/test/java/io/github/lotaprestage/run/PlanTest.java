package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Answer;
import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.HttpServer;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The plan of a dry run, from its options to what is printed.
@Timeout(120)
class PlanTest {

  private static final long GIB = 1L << 30;

  private final MemoryOrigin origin = new MemoryOrigin().bucket("bucket").bucket("other-bucket");
  private volatile Fault.Plan faults = (_, _, _, _) -> Fault.NONE;
  private final LotaEmulator lota =
      LotaEmulator.before(origin)
          .countOnly()
          .faults((request, bucket, key, attempt) -> faults.of(request, bucket, key, attempt))
          .start();

  @TempDir private Path directory;

  PlanTest() {
    for (int i = 0; i < 10; i++) {
      origin.put("bucket", "d/k" + i, 10 * GIB);
    }
    origin.put("bucket", "d/empty", 0);
  }

  @AfterEach
  void stop() {
    lota.close();
  }

  private Cli cli() {
    return Cli.at(lota);
  }

  private static JsonNode plan(Result result) {
    return result.summary().get("plan");
  }

  @Test
  void quietPrintsThePlanAlone() {
    cli()
        .run("-n -q s3://bucket/d/")
        .exits(0)
        .out(out ->
            out.startsWith(
                    """

                    10 planned, 1 skipped, 0 failed of 11 selected
                    100.0 GiB to stage
                    by size:
                    """
                        .stripTrailing())
                .contains("cost: at most 2.20 USD more"));
    assertThat(lota.seen().rangedHeads()).isZero();
  }

  @Test
  void jsonHasThePlanInTheSummary() {
    Result result =
        cli()
            .json("-n --nodes 1 --node-cache 200GiB --max-fill-rate 1GiB s3://bucket/d/")
            .exits(0)
            .objects(11)
            .summary("plan.complete", true)
            .summary("plan.objects", 10)
            .summary("plan.bytes", 100 * GIB)
            .summary("plan.fits", true)
            .summary("plan.capacity_bytes", 200 * GIB)
            .summary("plan.fill_seconds", 100)
            .summary("plan.cost_upper_bound_usd", 2.2)
            .summary("plan.below_4mib.objects", 0);
    assertThat(plan(result).at("/by_size/1 to 16 GiB/objects").asLong()).isEqualTo(10);
    assertThat(plan(result).get("largest")).hasSize(10);
    assertThat(plan(result).has("objects_of_unknown_size")).isFalse();
  }

  @Test
  void whatDoesNotFitIsRefusedOnlyIfAskedTo() {
    String line = "-n --cache-capacity 99GiB s3://bucket/d/";
    cli().json(line).exits(0).summary("plan.fits", false);
    cli().json(line + " --capacity-policy refuse").exits(5).summary("plan.fits", false);
    cli().run(line).out(out -> out.contains("|#] 102 % of 99.0 GiB, it does not fit\n"));
    cli()
        .json("-n --cache-capacity 100GiB --capacity-policy refuse s3://bucket/d/")
        .exits(0)
        .summary("plan.fits", true);
  }

  @Test
  void aMissingObjectMayHaveAnySizeOnceItIsThere() {
    String line =
        "-n --cache-capacity 1GiB --max-fill-rate 1GiB --max-duration 1h s3://bucket/none";
    assertThat(plan(cli().json(line).failed(1)).has("fits")).isFalse();
    cli()
        .run(line)
        .out(out ->
            out.contains("Whether everything fits is unknown, because 1 object failed.")
                .contains("Whether everything fits into 1 h is unknown")
                .doesNotContain("it fits", "; fits into"));
  }

  @Test
  void theTimeAtTheFillRateIsComparedWithTheDeadline() {
    String line = "-n --max-fill-rate 100MiB s3://bucket/d/ --max-duration ";
    cli()
        .run(line + "17m")
        .exits(0)
        .out(out ->
            out.contains("time: about 17 min 4 s at --max-fill-rate; would not fit into 17 min\n"));
    cli().run(line + "18m").out(out -> out.contains("at --max-fill-rate; fits into 18 min\n"));
  }

  @Test
  void aListingThatFailedLeavesNoBound() {
    faults =
        (request, bucket, _, _) ->
            request.method().equals("GET") && bucket.equals("other-bucket")
                ? Fault.status(403, "AccessDenied")
                : Fault.NONE;
    String line =
        "-n --cache-capacity 200GiB --max-fill-rate 1GiB s3://bucket/d/ s3://other-bucket/";
    Result json = cli().json(line).exits(3).summary("plan.complete", false);
    assertThat(plan(json).has("fits")).isFalse();
    assertThat(plan(json).has("cost_upper_bound_usd")).isFalse();
    assertThat(plan(json).get("objects").asLong()).isEqualTo(10);
    cli()
        .run(line)
        .exits(3)
        .out(out ->
            out.contains("This is only a part of the plan", "cost: unknown")
                .doesNotContain("it fits", "at most"));
    cli().json(line.replace("200", "99")).exits(3).summary("plan.fits", false);
  }

  @Test
  void aDeadlineLeavesNoBound() {
    Result result =
        cli()
            .age(Duration.ofMinutes(5))
            .json("-n --max-duration 1m --cache-capacity 200GiB s3://bucket/d/")
            .exits(5)
            .summary("plan.complete", false);
    assertThat(plan(result).has("fits")).isFalse();
    assertThat(plan(result).has("cost_upper_bound_usd")).isFalse();
  }

  /// A store that leaves the size out has the object nevertheless.
  @Test
  void aSizeThatTheStoreDoesNotGiveIsUnknown() {
    String listing =
        """
        <ListBucketResult><IsTruncated>false</IsTruncated>\
        <Contents><Key>d/k</Key><ETag>"e"</ETag><StorageClass></StorageClass></Contents></ListBucketResult>
        """;
    try (HttpServer store =
        new HttpServer(_ -> Answer.of(200, listing.getBytes(StandardCharsets.UTF_8)))) {
      Cli sizeless = Cli.at("http://localhost:" + store.port());
      for (String target : List.of("s3://bucket/d/", "s3://bucket/d/k")) {
        Result result =
            sizeless
                .json("-n --nodes 1", target)
                .exits(0)
                .planned(1)
                .summary("plan.objects_of_unknown_size", 1)
                .summary("plan.by_size.unknown.objects", 1)
                .summary("plan.by_storage_class.unknown.objects", 1)
                .summary("plan.below_4mib.objects", 0);
        assertThat(plan(result).has("fits")).isFalse();
        assertThat(plan(result).has("cost_upper_bound_usd")).isFalse();
      }
      sizeless.json("-n s3://bucket/d/missing").exits(1).failed(1);
    }
  }

  @Test
  void anEmptyPlanIsZero() {
    cli()
        .run("-n --allow-empty --cache-capacity 1GiB s3://other-bucket/")
        .exits(0)
        .out(
            """

            0 planned, 0 skipped, 0 failed of 0 selected
            0 B to stage
            target: s3://other-bucket/ (whole bucket)
            cache: [..............................] 0 % of 1.0 GiB, it fits
            """);
    cli().run("-n -q s3://bucket/d/empty").out(out -> out.contains("0 planned, 1 skipped"));
  }

  @Test
  void whatTheJournalHoldsTakesItsPlaceInTheCache() {
    Path journal = directory.resolve("journal");
    cli().run("--journal", journal, "s3://bucket/d/k{0..4}").exits(0);
    cli()
        .run("-n -q --cache-capacity 80GiB s3://bucket/d/ --journal", journal)
        .exits(0)
        .out(out ->
            out.contains(
                "50.0 GiB to stage\n",
                "% of 80.0 GiB, it does not fit\n  50.0 GiB of that are staged already"));
  }

  /// Directories are counted below the prefix that the names of a list or a manifest belong to.
  @Test
  void directoriesOfNamesAreThoseBelowTheirBase() throws Exception {
    origin.put("bucket", "d/train/a", GIB).put("bucket", "d/train/x/b", GIB);
    origin.put("bucket", "d/val/c", GIB);
    origin.text(
        "bucket",
        "d/index.json",
        """
        {"version": 2, "shards": [
          {"raw_data": {"basename": "train/a", "bytes": 1073741824}},
          {"raw_data": {"basename": "val/c", "bytes": 1073741824}}]}
        """);
    Path list = Files.writeString(directory.resolve("list"), "train/a\ntrain/x/b\nval/c\nk1\n");
    Path index = Files.writeString(directory.resolve("i"), "{\"weight_map\": {\"w\": \"val/c\"}}");
    Result below = cli().json("-n s3://bucket/d/ --files-from", list).exits(0);
    assertThat(plan(below).get("by_directory").propertyNames())
        .containsExactly("s3://bucket/d/", "s3://bucket/d/train/", "s3://bucket/d/val/");
    Result stored = cli().json("-n --manifest s3://bucket/d/index.json").exits(0);
    assertThat(plan(stored).get("by_directory").propertyNames())
        .containsExactly("s3://bucket/d/train/", "s3://bucket/d/val/", "s3://bucket/d/");
    Result local = cli().json("-n s3://bucket/d/ --manifest", index).exits(0);
    assertThat(plan(local).get("by_directory").propertyNames())
        .containsExactly("s3://bucket/d/val/");
    cli()
        .run("-n -q s3://bucket/d/ --files-from", list)
        .out(out -> out.contains(" 2 objects  s3://bucket/d/train/\n"));
  }

  @Test
  void manyDirectoriesAreExactInKeyOrder() {
    MemoryOrigin many = new MemoryOrigin();
    many.generate(
        "bucket",
        30_000,
        "d/%06d/k"::formatted,
        key -> key.compareTo("d/029971") >= 0 ? GIB + Integer.parseInt(key.substring(2, 8)) : 1);
    try (LotaEmulator started = LotaEmulator.before(many).countOnly().start()) {
      JsonNode plan = plan(Cli.at(started).json("-n s3://bucket/d/").exits(0));
      assertThat(plan.get("by_directory").propertyNames())
          .hasSize(21)
          .startsWith("s3://bucket/d/029999/")
          .endsWith("others");
      assertThat(plan.at("/by_directory/others/objects").asLong()).isEqualTo(29_980);
      assertThat(plan.has("by_directory_approximate")).isFalse();
    }
  }
}
