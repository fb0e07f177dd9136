package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `--shard` and `--shards` from their values to the HEADs.
@Timeout(120)
class ShardsTest {

  private final MemoryOrigin origin = new MemoryOrigin().bucket("bucket");
  private final LotaEmulator lota = LotaEmulator.before(origin).keepNothing().start();

  ShardsTest() {
    for (int i = 0; i < 200; i++) {
      origin.put("bucket", "d/k%03d".formatted(i), 1);
    }
  }

  @AfterEach
  void stop() {
    lota.close();
  }

  private Cli with(String... variables) {
    Cli cli = Cli.at(lota);
    for (String variable : variables) {
      cli = cli.env(variable.replaceFirst("=.*", ""), variable.replaceFirst(".*?=", ""));
    }
    return cli;
  }

  @ParameterizedTest
  @CsvSource({"3, s3://bucket/d/", "16, s3://bucket/d/", "3, s3://bucket/d/k{000..199}"})
  void togetherTheShardsStageEachKeyOnce(int count, String target) {
    for (int index = 0; index < count; index++) {
      Cli.at(lota)
          .json("--shard %d/%d %s".formatted(index, count, target))
          .exits(0)
          .failed(0)
          .summary("shard.index", index)
          .summary("shard.count", count);
    }
    assertThat(lota.seen().successes()).hasSize(200);
    assertThat(lota.seen().rangedHeads()).isEqualTo(200);
  }

  @Test
  void keyListsAreDividedToo() {
    String list =
        String.join("\n", IntStream.range(0, 200).mapToObj("d/k%03d"::formatted).toList());
    for (int index = 0; index < 4; index++) {
      Cli.at(lota)
          .input(list)
          .run("--shard %d/4 -b bucket --files-from -".formatted(index))
          .exits(0);
    }
    assertThat(lota.seen().rangedHeads()).isEqualTo(200);
  }

  @Test
  void aShardWithoutKeysIsNoFailure() {
    int empty = 0;
    for (int index = 0; index < 5; index++) {
      empty +=
          Cli.at(lota)
                  .json("--shard %d/5 s3://bucket/d/k000".formatted(index))
                  .exits(0)
                  .objects()
                  .isEmpty()
              ? 1
              : 0;
    }
    assertThat(empty).isEqualTo(4);
    Cli.at(lota).run("--shard 0/5 s3://bucket/none/").exits(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LOTA_PRESTAGE_SHARD_INDEX=2 JOB_COMPLETION_INDEX=0",
        "JOB_COMPLETION_INDEX=2 SLURM_ARRAY_TASK_ID=0",
        "SLURM_ARRAY_TASK_ID=12 SLURM_ARRAY_TASK_MIN=10 SLURM_ARRAY_TASK_COUNT=4 SLURM_PROCID=0",
        "SLURM_PROCID=2 SLURM_NTASKS=4",
      })
  void theIndexComesFromTheEnvironment(String variables) {
    with(variables.split(" "))
        .json("--shards 4 s3://bucket/d/")
        .exits(0)
        .silent()
        .summary("shard.index", 2)
        .summary("shard.count", 4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X=1|--shards needs an index: set LOTA_PRESTAGE_SHARD_INDEX",
        "JOB_COMPLETION_INDEX=4|the index must be from 0 to 3, but by JOB_COMPLETION_INDEX it is 4",
        "JOB_COMPLETION_INDEX=x|JOB_COMPLETION_INDEX must be a whole number, not 'x'",
        "SLURM_PROCID=1 SLURM_NTASKS=8|--shards is 4, but SLURM_NTASKS is 8",
        "SLURM_ARRAY_TASK_ID=1|SLURM_ARRAY_TASK_MIN is not",
        "SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_COUNT=8|_COUNT is 8",
        "SLURM_ARRAY_TASK_ID=2 SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_STEP=2|a step of 1",
        "SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_MIN=0 SLURM_NTASKS=2|one task for each element",
        "SLURM_ARRAY_TASK_ID=0 SLURM_ARRAY_TASK_MIN=1|by SLURM_ARRAY_TASK_ID it is -1",
      })
  void aWrongIndexIsRefused(String variables, String problem) {
    with(variables.split(" ")).run("--shards 4 s3://bucket/d/").exits(2).says(problem);
    assertThat(lota.seen().rangedHeads()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"4/4", "-1/4", "1", "a/b", "0/0", "1/1000000"})
  void aShardThatDoesNotExistIsRefused(String shard) {
    Cli.at(lota).run("--shard", shard, "s3://bucket/d/").exits(2).says("--shard must be K/N");
  }

  @Test
  void theTwoOptionsDoNotGoTogether() {
    Cli.at(lota)
        .run("--shard 0/2 --shards 2 s3://bucket/d/")
        .exits(2)
        .says("--shard and --shards do not go together");
  }

  @Test
  void theCapacityIsDividedAmongTheShards() {
    long staged = 0;
    for (int index = 0; index < 4; index++) {
      staged +=
          Cli.at(lota)
              .json("--cache-capacity 100 --shard %d/4 s3://bucket/d/".formatted(index))
              .exits(5)
              .summary("bytes", 25)
              .errContains("do not fit into 25 B (1/4), of which 25 B are taken")
              .summary()
              .get("prestaged")
              .asLong();
    }
    assertThat(staged).isEqualTo(100);
    Cli.at(lota).json("--cache-capacity 1 --shard 0/4 s3://bucket/d/").exits(5).prestaged(1);
  }
}
