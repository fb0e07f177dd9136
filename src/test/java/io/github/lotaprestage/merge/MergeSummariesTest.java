package io.github.lotaprestage.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `--merge-summaries` on summaries that runs wrote, and on files that are none.
@Timeout(120)
class MergeSummariesTest {

  private final MemoryOrigin origin = new MemoryOrigin().bucket("bucket").bucket("other-bucket");
  private volatile String broken = "none";
  private final LotaEmulator lota =
      LotaEmulator.before(origin)
          .keepNothing()
          .faults((request, _, key, _) ->
              request.method().equals("HEAD") && key.equals(broken)
                  ? Fault.status(400, "Bad")
                  : Fault.NONE)
          .start();
  private final Cli cli = Cli.at(lota);

  @TempDir private Path directory;

  MergeSummariesTest() {
    for (int i = 0; i < 40; i++) {
      origin.put("bucket", "d/%02d".formatted(i), 10).put("other-bucket", "x/" + i, 1);
    }
  }

  @AfterEach
  void stop() {
    lota.close();
  }

  private Path file(int index) {
    return directory.resolve("summary-" + index + ".json");
  }

  private void shard(int index, int count, String more) {
    cli.run(
        "--shard %d/%d %s s3://bucket/d/ s3://other-bucket --summary-file"
            .formatted(index, count, more),
        file(index));
  }

  private Result merge(String options, int... shards) {
    return cli.run(
        "%s --merge-summaries".formatted(options),
        Arrays.stream(shards).mapToObj(this::file).toArray());
  }

  @Test
  void theSumsOfAllShardsAreThoseOfTheWhole() {
    for (int index = 0; index < 3; index++) {
      shard(index, 3, "");
    }
    Result merged =
        merge("-o json", 2, 0, 1)
            .exits(0)
            .prestaged(80)
            .selected(80)
            .summary("status", "ok")
            .summary("bytes", 440)
            .summary("listing_complete", true)
            .summary("endpoint", lota.endpoint())
            .summary("shards.count", 3);
    assertThat(merged.objects()).isEmpty();
    assertThat(merged.summary().at("/shards/missing")).isEmpty();
    assertThat(merged.summary().has("latency_ms")).isFalse();
    assertThat(merged.summary().get("targets").valueStream().map(t -> t.get("target").asString()))
        .containsExactly("s3://bucket/d/", "s3://other-bucket");
    assertThat(merged.summary().get("targets").valueStream().map(t -> t.get("prestaged").asInt()))
        .containsExactly(40, 40);
    assertThat(merged.said()).isEmpty();
    merge("", 0, 1, 2)
        .outContains("80 prestaged, 0 skipped, 0 failed of 80 selected in 3 of 3 shards\n");
  }

  /// Each of these shards lists all keys. A run that could not begin has listed none.
  @Test
  void keysThatEachShardListsCountOnce() throws IOException {
    shard(0, 2, "");
    shard(1, 2, "");
    merge("-o json", 0, 1).exits(0).summary("listed", 80);
    Path unusable = directory.resolve("unusable.json");
    Files.writeString(unusable, Cli.bare().json("s3://bucket/d/").exits(3).out());
    cli.json("--merge-summaries", file(0), file(1), unusable).exits(3).summary("listed", 80);
  }

  /// As `-o json >> FILE` collects them.
  @Test
  void runsOfOtherTargetsInOneFileAllCount() throws IOException {
    Path all = directory.resolve("all.json");
    String runs =
        cli.json("s3://bucket/gone").exits(1).out()
            + cli.json("s3://bucket/d/").exits(0).out()
            + cli.json("s3://other-bucket").exits(0).out();
    Files.writeString(all, runs);
    Result merged = cli.json("--merge-summaries", all).exits(1).prestaged(80).failed(1);
    assertThat(cli.run("--merge-summaries", all).out()).doesNotContain("failed:");
    assertThat(merged.summary().get("targets")).hasSize(3);
    origin.put("bucket", "gone", 5);
    Files.writeString(all, runs + cli.json("s3://bucket/gone").exits(0).out());
    cli.json("--merge-summaries", all).exits(0).prestaged(81).failed(0);
  }

  /// Nobody knows what it would have staged.
  @Test
  void aRunThatCouldNotBeginIsNotReplaced() throws IOException {
    Path all = directory.resolve("all.json");
    Files.writeString(
        all,
        Cli.bare().json("s3://other-bucket").exits(3).out() + cli.json("s3://bucket/d/").out());
    cli.json("--merge-summaries", all).exits(3).prestaged(40);
  }

  @Test
  void aDryRunAndAListFromAPipeReplaceNothing() throws IOException {
    Path all = directory.resolve("all.json");
    broken = "d/00";
    String failed = cli.json("s3://bucket/d/").exits(1).out();
    String piped = cli.input("s3://bucket/d/00\ns3://bucket/d/01\n").json("--files-from -").out();
    broken = "none";
    Files.writeString(all, failed + cli.json("-n s3://bucket/d/").exits(0).out());
    cli.json("--merge-summaries", all).exits(3);
    Files.writeString(
        all, piped + cli.input("s3://bucket/d/02\n").json("--files-from -").exits(0).out());
    cli.json("--merge-summaries", all).exits(1).failed(1).prestaged(2);
  }

  @Test
  void aShardThatIsMissingOrCameTwiceIsNamed() {
    for (int index = 0; index < 4; index++) {
      shard(index, 4, "");
    }
    Result missing = merge("-o json", 0, 2).exits(3).summary("status", "error");
    assertThat(missing.said()).contains("shards 1, 3 of 4 are missing");
    assertThat(missing.summary().at("/shards/missing").valueStream().map(n -> n.asInt()))
        .containsExactly(1, 3);
    missing.summary("listing_complete", false).summary("error.code", "IncompleteMerge");
    Result twice = merge("-o json", 0, 1, 1, 2, 3).exits(3);
    assertThat(twice.said()).contains("shard 1 of 4 was given twice: " + file(1) + ", " + file(1));
    assertThat(twice.summary().at("/shards/repeated").valueStream().map(n -> n.asInt()))
        .containsExactly(1);
    merge("", 0, 1, 2).exits(3).errContains("shard 3 of 4 is missing").outContains("3 of 4 shards");
  }

  @Test
  void shardsOfDifferentDivisionsAreRefused() {
    shard(0, 2, "");
    shard(1, 3, "");
    merge("", 0, 1)
        .exits(3)
        .errContains("were divided differently: 2 shards by hash, and 3 shards");
    cli.run("s3://bucket/d/00 --summary-file", file(7)).exits(0);
    merge("", 0, 7).exits(3).errContains("is from a run without shards");
    Path bounds = directory.resolve("bounds");
    cli.run("-n -q --shards 2 s3://bucket/d/ s3://other-bucket --write-shard-bounds", bounds)
        .exits(0);
    shard(1, 2, "--shard-bounds " + bounds);
    merge("", 0, 1).exits(3).errContains("2 shards by hash, and 2 shards with the bounds");
    shard(0, 2, "--shard-bounds " + bounds);
    merge("-o json", 0, 1).exits(0).prestaged(80);
  }

  @Test
  void runsWithoutShardsAreAddedUpToo() {
    cli.run("s3://bucket/d/ --summary-file", file(0)).exits(0);
    cli.run("s3://other-bucket --summary-file", file(1)).exits(0);
    Result merged = merge("-o json", 0, 1).exits(0).prestaged(80);
    assertThat(merged.summary().has("shards")).isFalse();
  }

  @Test
  void theExitCodeIsThatOfTheWorstShard() {
    broken = "d/07";
    shard(0, 2, "");
    shard(1, 2, "");
    merge("-o json", 0, 1).exits(1).failed(1).prestaged(79).summary("status", "failed");
    try (LotaEmulator without = LotaEmulator.before(new MemoryOrigin()).keepNothing().start()) {
      Cli.at(without)
          .run("--shard 1/2 s3://bucket/d/ s3://other-bucket --summary-file", file(1))
          .exits(3);
    }
    merge("-o json", 0, 1).exits(3).summary("error.code", "NoSuchBucket");
    cli.run("--shard 1/2 http://x --summary-file", file(1)).exits(2);
    merge("", 0, 1)
        .exits(2)
        .errContains("is from a run that could not begin: BadUsage: target 'http://x'");
  }

  @ParameterizedTest
  @CsvSource({
    "0,0,0",
    "0,1,1",
    "1,5,1",
    "5,4,5",
    "3,1,3",
    "2,3,2",
    "143,3,143",
    "141,3,141",
    "130,129,129",
    "4,4,4",
    "0,4,4"
  })
  void theWorstWins(int one, int other, int expected) throws IOException {
    summary(0, one);
    summary(1, other);
    merge("-o json", 0, 1).exits(expected);
    merge("-o json", 1, 0).exits(expected);
  }

  private void summary(int index, int code) throws IOException {
    Files.writeString(
        file(index),
        """
        {"type":"summary","status":"%s","listed":1,"selected":1,"prestaged":1,"skipped":0,\
        "failed":0,"planned":0,"bytes":9223372036854775807,"exit_code":%d,\
        "listing_complete":true,"new":[{"a":[1]}]}
        """
            .formatted(code == 0 ? "ok" : "any", code));
  }

  @Test
  void nothingAtAllIsEmptyUnlessThatIsAllowed() {
    for (int index = 0; index < 2; index++) {
      cli.run("--shard %d/2 s3://bucket/none/ --summary-file".formatted(index), file(index))
          .exits(4);
    }
    merge("-o json", 0, 1).exits(4).summary("status", "empty");
    merge("-o json --allow-empty", 0, 1).exits(0).summary("status", "empty");
  }

  @Test
  void theOutputOfARunIsASummaryFileToo() throws IOException {
    for (int index = 0; index < 2; index++) {
      Files.writeString(
          file(index),
          "started\n" + cli.json("--shard %d/2 s3://bucket/d/".formatted(index)).out() + "ended\n");
    }
    Result merged = merge("-o json", 0, 1).exits(0).prestaged(40);
    assertThat(merged.json()).hasSize(1);
    merge("-o json --summary-file " + file(5), 0, 1).exits(0);
    merge("-o json", 5).exits(0).prestaged(40);
  }

  /// Argo gives the outputs of all steps as one.
  @Test
  void aListHasTheSummariesOfSeveralShards() throws IOException {
    List<String> summaries = new ArrayList<>();
    for (int index = 0; index < 3; index++) {
      shard(index, 3, "");
      summaries.add(Files.readString(file(index)).strip());
    }
    Files.writeString(file(7), summaries.toString());
    merge("-o json", 7).exits(0).prestaged(80).summary("shards.count", 3);
    Files.writeString(file(8), summaries.subList(0, 2).toString());
    merge("-o json", 8, 2).exits(0).prestaged(80);
    merge("-o json", 8).exits(3).errContains("shard 2 of 3 is missing");
    merge("-o json", 7, 1).exits(3).errContains("shard 1 of 3 was given twice");
  }

  private static String shard(String index, String count) {
    return """
    {"type":"summary","status":"ok","exit_code":0,"shard":{"index":%s,"count":%s}}
    """
        .formatted(index, count);
  }

  @Test
  void aFileWithoutASummaryIsARunThatDidNotEnd() throws IOException {
    shard(0, 2, "");
    for (String content :
        List.of(
            "",
            "{\"type\":\"summary\",\"status\":\"ok\"",
            "{\"type\":\"summary\"}",
            "[1]",
            shard("-1", "2"),
            shard("0", "99999999999"),
            shard("2", "2"))) {
      Files.writeString(file(1), content);
      merge("-o json", 0, 1)
          .exits(3)
          .errContains(file(1) + " contains no summary", "shard 1 of 2 is missing");
    }
  }

  @Test
  void otherOptionsAndMissingFilesAreBadUsage() {
    merge("", 0).exits(2).errContains("does not exist");
    cli.run("--merge-summaries s3://bucket/d/").exits(2).errContains("reads files");
    shard(0, 1, "");
    merge("--dry-run", 0).exits(2).errContains("remove --dry-run");
    merge("-b bucket", 0).exits(2).errContains("remove --bucket");
    assertThat(lota.seen().rangedHeads()).isEqualTo(80);
  }

  @Test
  void runsThatDoNotBelongTogetherAreNoSuccess() {
    shard(0, 2, "");
    cli.run("--shard 1/2 s3://bucket/d/ --summary-file", file(1)).exits(0);
    merge("", 0, 1).exits(3).errContains("are from runs with different targets");
    shard(1, 2, "-n -q");
    merge("", 0, 1).exits(3).errContains("some of the runs were dry runs");
    cli.run("s3://bucket/d/ --summary-file", file(5)).exits(0);
    merge("", 5, 5).exits(3).errContains("a file is given more than once");
    cli.run("--merge-summaries /dev/zero").exits(3).errContains("a line of more than");
  }

  @Test
  void aLineThatNamesNoObjectIsReportedByOneShard() throws IOException {
    Path list = Files.writeString(directory.resolve("list"), "s3://bucket/d/01\nhttp://x\nfoo\n");
    for (int index = 0; index < 3; index++) {
      cli.run("--shard %d/3 --files-from %s --summary-file".formatted(index, list), file(index));
    }
    merge("-o json", 0, 1, 2).failed(2).prestaged(1).selected(3);
  }

  @Test
  void whatIsReadIsNotOverwritten() {
    shard(0, 1, "");
    cli.run("--merge-summaries %s --summary-file %s".formatted(file(0), file(0)))
        .exits(2)
        .errContains("which is also read as a summary; use another file");
    Path bounds = directory.resolve("bounds");
    cli.run("-n -q --shards 2 s3://bucket/d/ --write-shard-bounds", bounds).exits(0);
    cli.run(
            "--shard 0/2 s3://bucket/d/ --shard-bounds %s --metrics-file %s"
                .formatted(bounds, bounds))
        .exits(2)
        .errContains("which is also read as the bounds of shards; use another file");
    assertThat(file(0)).content().contains("\"summary\"");
    assertThat(bounds).content().contains("shard_bounds");
  }

  @Test
  void aRunThatWasEndedAtOnceIsNotOneThatCouldNotBegin() throws IOException {
    shard(0, 2, "");
    Files.writeString(
        file(1),
        """
        {"type":"summary","status":"interrupted","listing_complete":false,"exit_code":143}
        """);
    merge("", 0, 1)
        .exits(143)
        .errContains(file(1) + " has no totals, because its run was ended at once");
  }

  @Test
  void mergedPlansHaveASize() {
    for (int index = 0; index < 2; index++) {
      shard(index, 2, "-n -q");
    }
    merge("", 0, 1).exits(0).outContains("80 planned, ", "440 B to stage\n");
  }
}
