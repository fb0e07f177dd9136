package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `--write-shard-bounds` and `--shard-bounds`, from their values to the LISTs and HEADs.
@Timeout(120)
class ShardBoundsTest {

  private final MemoryOrigin origin = new MemoryOrigin().bucket("bucket").bucket("other-bucket");
  private final LotaEmulator lota = LotaEmulator.before(origin).keepNothing().start();
  private final Cli cli = Cli.at(lota);

  @TempDir private Path directory;

  @AfterEach
  void stop() {
    lota.close();
  }

  private Path bounds() {
    return directory.resolve("bounds");
  }

  private Result write(int shards, String what) {
    return cli.json("-n -q --shards %d %s --write-shard-bounds".formatted(shards, what), bounds())
        .exits(0);
  }

  private Result shard(int index, int shards, String what) {
    return cli.json("--shard %d/%d %s --shard-bounds".formatted(index, shards, what), bounds());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16})
  void everyKeyIsStagedOnceAndTheListIsReadOnce(int shards) {
    for (int i = 0; i < 6000; i++) {
      origin.put("bucket", "d/k%05d".formatted(i), i < 1000 ? 60 : 1);
    }
    write(shards, "s3://bucket/d/");
    long before = lota.seen().lists();
    for (int i = 0; i < 300; i++) {
      origin.put("bucket", "d/later%05d".formatted(i), 1).put("bucket", "d/%05d".formatted(i), 1);
    }
    long largest = 0;
    for (int index = 0; index < shards; index++) {
      Result result =
          shard(index, shards, "--list-concurrency 1 s3://bucket/d/")
              .exits(0)
              .summary("shard.index", index)
              .summary("shard.count", shards);
      assertThat(result.summary().at("/shard/bounds").asString()).matches("[0-9a-f]{16}");
      largest = Math.max(largest, result.summary().get("bytes").asLong());
    }
    assertThat(lota.seen().successes())
        .hasSize(6600)
        .allSatisfy((_, n) -> assertThat(n).hasValue(1));
    assertThat((double) largest).isLessThan(1.15 * 65_600 / shards + 400);
    assertThat(lota.seen().lists() - before).as("LISTs").isLessThanOrEqualTo(7 + 2 * shards);
  }

  @Test
  void severalBucketsAndAllWaysToNameObjects() throws IOException {
    Path list = directory.resolve("keys");
    Files.writeString(list, "s3://bucket/l/1\ns3://other-bucket/l/2\ns3://bucket/l/3\nnone\n");
    for (int i = 0; i < 30; i++) {
      origin.put("bucket", "d/" + i, 5).put("other-bucket", "x/" + i, 5).put("bucket", "n/" + i, 5);
    }
    origin.put("bucket", "l/1", 5).put("other-bucket", "l/2", 5).put("bucket", "l/3", 5);
    String what =
        "s3://bucket/d/* s3://other-bucket s3://bucket/n/{0..29} --files-from "
            + list
            + " -b bucket";
    cli.json("-n --shards 4 %s --write-shard-bounds".formatted(what), bounds()).exits(1);
    Set<String> staged = new HashSet<>();
    int selected = 0;
    for (int index = 0; index < 4; index++) {
      Result result = shard(index, 4, what);
      selected += result.summary().get("selected").asInt();
      staged.addAll(result.objects("key"));
    }
    // one object is named by the list too, and one name does not exist
    assertThat(selected).isEqualTo(30 + 31 + 30 + 4);
    assertThat(lota.seen().successes()).hasSize(30 + 31 + 30 + 2);
    assertThat(staged).contains("none");
  }

  @Test
  void theNewestCheckpointIsDivided() {
    for (int i = 0; i < 20; i++) {
      origin.put("bucket", "run/checkpoint-7/model-%02d.safetensors".formatted(i), 9);
    }
    origin.put("bucket", "run/checkpoint-7/trainer_state.json", 9);
    write(3, "--latest 1 s3://bucket/run/");
    for (int index = 0; index < 3; index++) {
      shard(index, 3, "--latest 1 s3://bucket/run/").exits(0).prestaged(7);
    }
  }

  @Test
  void aShardWhoseRangeIsEmptyIsNoFailure() {
    origin.put("bucket", "d/only", 3);
    write(4, "s3://bucket/d/");
    long staged = 0;
    for (int index = 0; index < 4; index++) {
      staged += shard(index, 4, "s3://bucket/d/").exits(0).summary().get("prestaged").asLong();
    }
    assertThat(staged).isEqualTo(1);
  }

  @Test
  void nothingIsWrittenWithoutObjectsOrWithAnIncompleteListing() {
    cli.run("-n --shards 2 s3://other-bucket --write-shard-bounds", bounds())
        .exits(4)
        .errContains("is not written, because no object was found");
    cli.run("-n --shards 2 s3://missing-bucket s3://bucket --write-shard-bounds", bounds())
        .exits(3)
        .errContains("is not written, because not all objects are known");
    assertThat(bounds()).doesNotExist();
  }

  @Test
  void boundsAndTargetsThatDoNotBelongTogetherAreRefused() throws IOException {
    origin.put("bucket", "d/1", 3).put("bucket", "d/2", 3);
    write(2, "s3://bucket/d/");
    long before = lota.seen().lists();
    shard(0, 3, "s3://bucket/d/").exits(2).errContains("is for 2 shards, not for 3");
    shard(0, 2, "s3://bucket/e/")
        .exits(2)
        .errContains("was written for s3://bucket/d/, not for s3://bucket/e/; write it again");
    shard(0, 2, "s3://bucket/d/ s3://bucket/e/").exits(2);
    cli.run("s3://bucket/d/ --shard-bounds", bounds()).exits(2).errContains("needs --shard K/N");
    cli.run("-n s3://bucket/d/ --write-shard-bounds", bounds()).exits(2).errContains("--shards N");
    cli.run("-n --shards 2000 s3://bucket/d/ --write-shard-bounds", bounds()).exits(2);
    cli.run("--shards 2 s3://bucket/d/ --write-shard-bounds", bounds())
        .exits(2)
        .errContains("needs --dry-run");
    cli.run("-n --shards 2 s3://bucket/d/ --shard-bounds f --write-shard-bounds", bounds())
        .exits(2)
        .errContains("writes what --shard-bounds reads");
    cli.run("--shard 0/2 s3://bucket/d/ --shard-bounds", directory.resolve("none"))
        .exits(2)
        .errContains("does not exist");
    Files.writeString(bounds(), "{}");
    shard(0, 2, "s3://bucket/d/").exits(2).errContains("was not written by --write-shard-bounds");
    cli.run("-n --shards 2 s3://bucket/d/ --write-shard-bounds", directory.resolve("no/such/file"))
        .exits(2)
        .errContains("--write-shard-bounds", "cannot be written");
    assertThat(lota.seen().lists()).isEqualTo(before);
    assertThat(lota.seen().rangedHeads()).isZero();
  }

  @Test
  void aListThatDoesNotNameAnObjectMakesNoBounds() throws IOException {
    Path list = Files.writeString(directory.resolve("keys"), "http://x\n");
    cli.run("-n --shards 2 --files-from %s --write-shard-bounds".formatted(list), bounds())
        .errContains("is not written, because no object was found");
    assertThat(bounds()).doesNotExist();
  }
}
