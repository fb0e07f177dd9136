package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `targets` in the summary: which TARGET, list or manifest each object counts for.
@Timeout(120)
class SummaryTargetsTest extends AgainstLota {

  private volatile Fault.Plan faults = (_, _, _, _) -> Fault.NONE;
  private final LotaEmulator lota =
      lota(builder ->
          builder.faults((request, _, key, attempt) -> faults.of(request, "", key, attempt)));
  private final Cli cli = Cli.at(lota);

  /// `TARGET: selected=prestaged+skipped+failed+planned, bytes`, and the sums are the totals.
  private static List<String> targets(Result result) {
    JsonNode summary = result.summary();
    for (String count : List.of("selected", "prestaged", "skipped", "failed", "planned", "bytes")) {
      assertThat(
              summary
                  .get("targets")
                  .valueStream()
                  .mapToLong(each -> each.get(count).asLong())
                  .sum())
          .as(() -> count + " of " + summary)
          .isEqualTo(summary.get(count).asLong());
    }
    return summary
        .get("targets")
        .valueStream()
        .map(each ->
            each.get("target").asString()
                + ": "
                + List.of("selected", "prestaged", "skipped", "failed", "planned", "bytes").stream()
                    .map(count -> each.get(count).asString())
                    .collect(Collectors.joining(" ")))
        .toList();
  }

  @Test
  void theOnlyTargetHasTheTotals() {
    origin.put("bucket", "a/1", 5).put("bucket", "a/empty", 0);
    assertThat(targets(cli.json("s3://bucket/a/"))).containsExactly("s3://bucket/a/: 2 1 1 0 0 5");
    assertThat(targets(cli.json("-n -b bucket"))).containsExactly("s3://bucket/: 2 0 1 0 1 5");
  }

  @Test
  void anObjectCountsForTheFirstTargetThatSelectsIt() {
    origin.put("bucket", "a/b/1", 1).put("bucket", "a/b/2", 2).put("bucket", "a/3", 4);
    origin.put("other-bucket", "a/b/1", 8).put("bucket", "x", 16);
    assertThat(
            targets(
                cli.json(
                    "s3://bucket/a/b/ s3://bucket/a/ s3://bucket/a/3 s3://bucket/x"
                        + " s3://other-bucket/a/* s3://bucket/a/b/*")))
        .containsExactly(
            "s3://bucket/a/b/: 2 2 0 0 0 3",
            "s3://bucket/a/: 1 1 0 0 0 4",
            "s3://bucket/a/3: 0 0 0 0 0 0",
            "s3://bucket/x: 1 1 0 0 0 16",
            "s3://other-bucket/a/*: 1 1 0 0 0 8",
            "s3://bucket/a/b/*: 0 0 0 0 0 0");
    assertThat(targets(cli.json("s3://bucket/a/3 s3://bucket/a/ s3://bucket/a/b/")))
        .containsExactly(
            "s3://bucket/a/3: 1 1 0 0 0 4",
            "s3://bucket/a/: 2 2 0 0 0 3",
            "s3://bucket/a/b/: 0 0 0 0 0 0");
    // the filter is relative to the prefix, so only the second target selects it
    assertThat(targets(cli.json("s3://bucket/ s3://bucket/a/b/ --include 1")))
        .containsExactly("s3://bucket/: 0 0 0 0 0 0", "s3://bucket/a/b/: 1 1 0 0 0 1");
  }

  @Test
  void anExpressionInBracesIsOneTarget() {
    origin.put("bucket", "d/0", 1).put("bucket", "d/1", 1).put("bucket", "e/f", 1);
    assertThat(targets(cli.json("s3://bucket/d/{0..2} s3://bucket/{d,e}/")))
        .containsExactly("s3://bucket/d/{0..2}: 3 2 0 1 0 2", "s3://bucket/{d,e}/: 1 1 0 0 0 1");
  }

  @Test
  void keysAndPrefixesOfOptionsAreTargets() {
    origin.put("bucket", "a/1", 1).put("bucket", "b", 2);
    assertThat(targets(cli.json("-b bucket -p a -k b -k none")))
        .containsExactly(
            "s3://bucket/b: 1 1 0 0 0 2",
            "s3://bucket/none: 1 0 0 1 0 0",
            "s3://bucket/a: 1 1 0 0 0 1");
  }

  @Test
  void listsAndManifestsCountWithTheirBadLines(@TempDir Path directory) throws IOException {
    origin.put("bucket", "k", 1).put("bucket", "m", 2).put("bucket", "d/x", 4);
    Path list = Files.writeString(directory.resolve("keys"), "s3://bucket/k\nhttp://no\n");
    Path batch = Files.writeString(directory.resolve("batch.csv"), "bucket,m\nbucket,none\n");
    for (String mode : List.of("", "--min-size=0", "--rate=1000")) {
      assertThat(
              targets(cli.json(mode + " s3://bucket/d/* --files-from", list, "--manifest", batch)))
          .containsExactly(
              "s3://bucket/d/*: 1 1 0 0 0 4",
              "--files-from " + list + ": 2 1 0 1 0 1",
              "--manifest " + batch + ": 2 1 0 1 0 2");
    }
  }

  @Test
  void theNewestCheckpointCountsForItsTarget() {
    for (String run : List.of("r1", "r2")) {
      origin.put("bucket", run + "/checkpoint-1/model.safetensors", 1);
      origin.put("bucket", run + "/checkpoint-1/trainer_state.json", 1);
      origin.put("bucket", run + "/checkpoint-2/model.safetensors", 2);
      origin.put("bucket", run + "/checkpoint-2/trainer_state.json", 2);
    }
    assertThat(targets(cli.json("--latest 1 s3://bucket/r1/ s3://bucket/r*/")))
        .containsExactly("s3://bucket/r1/: 2 2 0 0 0 4", "s3://bucket/r*/: 2 2 0 0 0 4");
  }

  @Test
  void theTextHasALineForEachTarget() {
    origin.put("bucket", "a/1", 1024).put("bucket", "a/empty", 0);
    cli.run("s3://bucket/a/ s3://bucket/none", "s3://bucket/b/\n*")
        .outContains(
            """
            by target:
                 1.0 KiB         2 objects  s3://bucket/a/ (1 skipped)
                     0 B          1 object  s3://bucket/none (1 failed)
                     0 B         0 objects  s3://bucket/b/\\n*
            """);
    assertThat(cli.run("s3://bucket/a/").out()).doesNotContain("by target");
    String many =
        IntStream.range(0, 25).mapToObj(i -> "s3://bucket/" + i).collect(Collectors.joining(" "));
    cli.run(many)
        .outContains("s3://bucket/19 (1 failed)\n  and 5 more targets; -o json lists them all\n")
        .out(out -> out.doesNotContain("s3://bucket/20 (1"));
  }

  @Test
  void objectsThatTheRunDidNotComeToCountForTheirTargets(@TempDir Path directory)
      throws IOException {
    origin.put("bucket", "d/x", 4);
    Path list = Files.writeString(directory.resolve("keys"), "s3://bucket/k\n");
    faults = (request, _, key, _) -> isHead(request) ? Fault.status(503, "SlowDown") : Fault.NONE;
    assertThat(targets(cli.json("--max-duration 1s s3://bucket/d/* --files-from", list)))
        .containsExactly("s3://bucket/d/*: 1 0 1 0 0 0", "--files-from " + list + ": 1 0 1 0 0 0");
  }
}
