package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Origin;
import io.github.lotaprestage.fixture.Result;
import io.github.lotaprestage.fixture.S3ProxyServer;
import io.github.lotaprestage.fixture.TestStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// `--latest` from its arguments to the keys that are staged, on a real store behind LOTA. What is
/// chosen for each framework is the matter of `FrameworksTest`.
@Timeout(120)
class LatestTest {

  private @Nullable TestStore store;
  private @Nullable LotaEmulator lota;

  @AfterEach
  void stop() {
    if (lota != null) {
      lota.close();
    }
    if (store != null) {
      store.close();
    }
  }

  private LotaEmulator lota(Origin origin) {
    LotaEmulator started =
        LotaEmulator.before(origin)
            .keepNothing()
            .credentials(TestStore.ACCESS_KEY, TestStore.SECRET_KEY)
            .start();
    lota = started;
    return started;
  }

  /// Objects with their texts.
  private LotaEmulator holding(Map<String, String> objects) {
    TestStore started = new S3ProxyServer();
    store = started;
    started.createBucket("bucket");
    objects.forEach((key, text) ->
        started.put("bucket", key, text.getBytes(StandardCharsets.UTF_8), "text/plain"));
    return lota(started.origin());
  }

  private static Stream<String> keys(Result result) {
    return result.objects().stream().map(object -> object.get("key").asString());
  }

  private static List<String> chosen(Result result) {
    return result
        .summary()
        .get("chosen")
        .valueStream()
        .map(each -> each.get("target").asString() + each.get("child").asString())
        .toList();
  }

  @Test
  void stagesWhatTheTrackerNamesAndNothingElse() {
    LotaEmulator lota =
        holding(
            Map.of(
                "ckpt/run/latest_checkpointed_iteration.txt", "900",
                "ckpt/run/iter_0000900/metadata.json", "{}",
                "ckpt/run/iter_0000900/shards/__0_0.distcp", "x",
                "ckpt/run/iter_0000800/metadata.json", "{}",
                "ckpt/run/iter_0001000/__0_0.distcp", "x",
                "ckpt/run/tensorboard/events", "x",
                "ckpt/other/iter_0002000/metadata.json", "{}"));
    Result result = Cli.at(lota).json("--latest 1 s3://bucket/ckpt/run/");
    assertThat(result.said())
        .contains(
            "lota-prestage: info: s3://bucket/ckpt/run/: chose iter_0000900: named by"
                + " latest_checkpointed_iteration.txt; iter_0001000 is not named by"
                + " latest_checkpointed_iteration.txt yet");
    result.exits(0);
    assertThat(keys(result))
        .containsExactlyInAnyOrder(
            "ckpt/run/iter_0000900/metadata.json", "ckpt/run/iter_0000900/shards/__0_0.distcp");
    assertThat(lota.seen().successes().keySet())
        .containsExactlyInAnyOrder(
            "s3://bucket/ckpt/run/iter_0000900/metadata.json",
            "s3://bucket/ckpt/run/iter_0000900/shards/__0_0.distcp");
    JsonNode summary = result.summary();
    assertThat(summary.get("chosen").size()).isEqualTo(1);
    assertThat(summary.get("chosen").get(0).get("target").asString())
        .isEqualTo("s3://bucket/ckpt/run/");
    assertThat(summary.get("chosen").get(0).get("child").asString()).isEqualTo("iter_0000900");
    assertThat(summary.get("chosen").get(0).get("why").asString()).startsWith("named by latest_");
    assertThat(summary.get("metadata_reads").asInt()).isEqualTo(1);
    assertThat(lota.seen().gets()).isEqualTo(1);
  }

  @Test
  void aDryRunChoosesTheSameAndStagesNothing() {
    LotaEmulator lota =
        holding(
            Map.of(
                "run/step-900/.metadata", "x",
                "run/step-900/__0_0.distcp", "x",
                "run/step-1000/__0_0.distcp", "x"));
    Result result = Cli.at(lota).json("-n --latest 1 s3://bucket/run/");
    result.exits(0);
    assertThat(chosen(result)).containsExactly("s3://bucket/run/step-900");
    assertThat(result.summary().get("chosen").get(0).get("why").asString())
        .isEqualTo("newest complete; step-1000 has no .metadata");
    assertThat(keys(result)).containsExactly("run/step-900/.metadata", "run/step-900/__0_0.distcp");
    assertThat(lota.seen().rangedHeads()).isZero();
  }

  @Test
  void eachRunDirectoryHasItsNewest() {
    LotaEmulator lota =
        holding(
            Map.of(
                "ckpt/a/checkpoint-9/trainer_state.json", "{}",
                "ckpt/a/checkpoint-10/trainer_state.json", "{}",
                "ckpt/b/checkpoint-8/trainer_state.json", "{}",
                "ckpt/logs/a.txt", "x",
                "other/checkpoint-99/trainer_state.json", "{}"));
    for (String target : List.of("s3://bucket/ckpt/*/", "s3://bucket/ckpt/*")) {
      Result result = Cli.at(lota).json("-n --latest 1", target);
      result.exits(0);
      assertThat(chosen(result))
          .containsExactly("s3://bucket/ckpt/a/checkpoint-10", "s3://bucket/ckpt/b/checkpoint-8");
      assertThat(keys(result))
          .containsExactly(
              "ckpt/a/checkpoint-10/trainer_state.json", "ckpt/b/checkpoint-8/trainer_state.json");
      assertThat(result.said()).doesNotContain("logs");
    }
  }

  @Test
  void checkpointsThatAreObjects() {
    LotaEmulator lota =
        holding(
            Map.of(
                "run/epoch=3-step=200.ckpt", "x",
                "run/epoch=3-step=1000.ckpt", "x",
                "run/hparams.yaml", "x"));
    Result result = Cli.at(lota).json("--latest 1 s3://bucket/run/");
    result.exits(0);
    assertThat(keys(result)).containsExactly("run/epoch=3-step=1000.ckpt");
  }

  @Test
  void filtersSeeKeysBelowTheCheckpoint() {
    LotaEmulator lota =
        holding(
            Map.of(
                "run/checkpoint-9/trainer_state.json", "{}",
                "run/checkpoint-9/optimizer.pt", "x",
                "run/checkpoint-9/model.safetensors", "x"));
    Result result = Cli.at(lota).json("--latest 1 --exclude optimizer* s3://bucket/run/");
    assertThat(keys(result))
        .containsExactlyInAnyOrder(
            "run/checkpoint-9/trainer_state.json", "run/checkpoint-9/model.safetensors");
  }

  @Test
  void nothingCompleteIsExit4WithWhatWasSeen() {
    LotaEmulator lota = holding(Map.of("run/step-100/__0_0.distcp", "x", "empty/logs/a.txt", "x"));
    Result incomplete = Cli.at(lota).json("--latest 1 s3://bucket/run/");
    incomplete.exits(4);
    assertThat(incomplete.said())
        .contains(
            "s3://bucket/run/: its only checkpoint is not complete: step-100 has no .metadata")
        .contains("no complete checkpoint in s3://bucket/run/; --allow-empty makes this exit 0");
    assertThat(incomplete.summary().get("chosen").isEmpty()).isTrue();
    Result none = Cli.at(lota).json("--latest 1 s3://bucket/empty/");
    none.exits(4);
    assertThat(none.said()).contains("found no checkpoint: it contains logs/");
    Result allowed = Cli.at(lota).run("--allow-empty --latest 1 s3://bucket/run/");
    allowed.exits(0);
    assertThat(lota.seen().rangedHeads()).isZero();
  }

  @Test
  void aBucketThatIsMissingDoesNotHideTheOther() {
    LotaEmulator lota = holding(Map.of("run/checkpoint-9/trainer_state.json", "{}"));
    Result result =
        Cli.at(lota).json("--max-attempts 2 --latest 1 s3://missing/run/ s3://bucket/run/");
    result.exits(3);
    assertThat(keys(result)).containsExactly("run/checkpoint-9/trainer_state.json");
    assertThat(result.summary().get("listing_complete").asBoolean()).isFalse();
  }

  @Test
  void aLayoutInTheEnvironmentDoesNotNeedIt() {
    LotaEmulator lota = holding(Map.of("run/step-9/a", "x", "run/logs/a", "x"));
    Cli cli = Cli.at(lota).env("LOTA_PRESTAGE_CHECKPOINT_LAYOUT", "torchtitan");
    cli.run("-n s3://bucket/run/").exits(0);
    cli.run("-n --latest 1 s3://bucket/run/").exits(4);
  }

  @Test
  void aListThatHangsDoesNotHoldUpTheDeadline() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (LotaEmulator hanging =
        LotaEmulator.before(new MemoryOrigin().bucket("bucket"))
            .faults((_, _, _, _) -> new Fault.Hold(never))
            .start()) {
      Result result =
          Cli.at(hanging).json("--max-duration 1s --grace 0s --latest 1 s3://bucket/run/");
      result.exits(5);
      assertThat(result.summary().get("status").asString()).isEqualTo("limited");
      assertThat(result.summary().get("listing_complete").asBoolean()).isFalse();
      assertThat(result.summary().get("chosen").isEmpty()).isTrue();
    } finally {
      never.countDown();
    }
  }

  @Test
  void anEmptyTrackerIsNoTracker() {
    LotaEmulator lota =
        holding(
            Map.of(
                "run/latest", "",
                "run/global_step90/a.pt", "x",
                "run/global_step100/a.pt", "x"));
    Result result = Cli.at(lota).json("-n --latest 1 s3://bucket/run/");
    result.exits(0);
    assertThat(chosen(result)).containsExactly("s3://bucket/run/global_step100");
    assertThat(result.summary().get("chosen").get(0).get("why").asString())
        .contains("latest names nothing");
  }

  /// A thousand checkpoints of a thousand objects, the newest one unfinished.
  @Test
  void aThousandCheckpointsCostAHandfulOfLists() {
    MemoryOrigin origin =
        new MemoryOrigin()
            .generate(
                "bucket",
                1_000_000,
                i ->
                    i == 999_999
                        ? "run/step-%05d/_zzz".formatted(i / 1000)
                        : "run/step-%05d/%s"
                            .formatted(
                                i / 1000,
                                i % 1000 == 999 ? "_metadata" : "%04d.distcp".formatted(i % 1000)));
    LotaEmulator lota = lota(origin);
    Result result = Cli.at(lota).json("--latest 1 --require-child _metadata s3://bucket/run/");
    result.exits(0);
    assertThat(chosen(result)).containsExactly("s3://bucket/run/step-00998");
    assertThat(result.summary().get("prestaged").asInt()).isEqualTo(1000);
    assertThat(lota.seen().lists()).isLessThanOrEqualTo(8);
    assertThat(lota.seen().rangedHeads()).isEqualTo(1000);
    assertThat(lota.seen().gets()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--latest 0 s3://b/run/ | --latest must be a whole number from 1",
        "--latest x s3://b/run/ | --latest must be a whole number",
        "--latest 1 s3://b/run | --latest needs prefixes; if s3://b/run is one, write it as s3://b/run/",
        "--latest 1 -b b --key k | --latest needs prefixes",
        "--latest 1 --files-from - -b b | --latest needs prefixes; it does not go with --files-from",
        "--checkpoint-layout megatron s3://b/run/ | --checkpoint-layout needs --latest",
        "--checkpoint-layout best --latest 1 s3://b/run/ | --checkpoint-layout must be auto, megatron",
        "--latest-by name s3://b/run/ | --latest-by needs --latest",
        "--latest-by size --latest 1 s3://b/run/ | --latest-by must be auto, name or modified",
        "--require-child done s3://b/run/ | --require-child needs --latest",
        "--require-child /done --latest 1 s3://b/run/ | --require-child must be a name below",
      })
  void badUsage(String line) {
    List<String> parts = List.of(line.split(" \\| ", -1));
    Result result = Cli.at("http://127.0.0.1:1").run(parts.getFirst());
    result.exits(2);
    assertThat(result.said()).contains(parts.getLast());
    assertThat(result.out()).isEmpty();
  }
}
