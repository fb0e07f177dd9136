package io.github.lotaprestage.cli;

import io.github.lotaprestage.cli.options.EnvironmentDefaults;
import io.github.lotaprestage.cli.options.FilterOptions;
import io.github.lotaprestage.plan.RunFiles;
import io.github.lotaprestage.plan.Shard;
import io.github.lotaprestage.plan.ShardBounds;
import io.github.lotaprestage.plan.target.Input;
import io.github.lotaprestage.plan.target.Inputs;
import io.github.lotaprestage.records.bounds.BoundsFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds out which part of the keys belongs to this process. A wrong index would lose keys without
/// a word, so variables that do not fit together are bad usage.
final class ShardFactory {

  private static final String OWN = EnvironmentDefaults.SHARD_INDEX;
  private static final String KUBERNETES = "JOB_COMPLETION_INDEX";
  private static final String ARRAY = "SLURM_ARRAY_TASK_ID";
  private static final String WRITE_BOUNDS = "--write-shard-bounds";
  private static final String PROCESS = "SLURM_PROCID";
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  private final UsageChecks checks;
  private final Map<String, String> env;

  ShardFactory(UsageChecks checks, Map<String, String> env) {
    this.checks = checks;
    this.env = env;
  }

  /// The shards whose bounds are to be written; empty if none are.
  Optional<RunFiles.Bounds> written(FilterOptions options) {
    Path file = checks.outputFile(WRITE_BOUNDS, options.writeShardBounds.orNull());
    if (file == null) {
      return Optional.empty();
    }
    Integer count = options.shards.orNull();
    if (count == null) {
      throw checks.usage(WRITE_BOUNDS + " needs --shards N, the number of shards");
    }
    checks.require(
        count <= ShardBounds.MAX_SHARDS,
        WRITE_BOUNDS + " makes at most " + ShardBounds.MAX_SHARDS + " shards");
    return Optional.of(new RunFiles.Bounds(file, count));
  }

  /// @param inputs what the shards divide
  Optional<Shard> shard(FilterOptions options, Inputs inputs, boolean dryRun) {
    Shard given = options.shard.orNull();
    Integer count = options.shards.orNull();
    String bounds = options.shardBounds.orNull();
    checks.require(
        given == null || count == null,
        "--shard and --shards do not go together: --shard K/N names the shard, --shards N finds K");
    if (options.writeShardBounds.orNull() != null) {
      checks.require(dryRun, WRITE_BOUNDS + " needs --dry-run, which reads everything first");
      checks.require(bounds == null, WRITE_BOUNDS + " writes what --shard-bounds reads");
      return Optional.empty();
    }
    Optional<Shard> shard = count == null ? Optional.ofNullable(given) : Optional.of(found(count));
    if (bounds == null) {
      return shard;
    }
    checks.require(shard.isPresent(), "--shard-bounds needs --shard K/N or --shards N");
    return shard.map(numbered -> cut(bounds, numbered, inputs));
  }

  private Shard cut(String file, Shard numbered, Inputs inputs) {
    Path path = checks.inputFile("--shard-bounds", file);
    ShardBounds bounds;
    try {
      bounds = BoundsFile.read(path);
    } catch (IllegalArgumentException e) {
      throw checks.usage("--shard-bounds " + file + " " + e.getMessage(), e);
    }
    checks.require(
        bounds.count() == numbered.count(),
        "--shard-bounds %s is for %d shards, not for %d"
            .formatted(file, bounds.count(), numbered.count()));
    List<String> targets = inputs.all().stream().map(Input::name).toList();
    checks.require(
        Set.copyOf(targets).equals(Set.copyOf(bounds.targets())),
        "--shard-bounds %s was written for %s, not for %s; write it again for these targets"
            .formatted(file, few(bounds.targets()), few(targets)));
    return bounds.shard(numbered.index());
  }

  private static String few(List<String> targets) {
    return targets.stream().limit(3).collect(Collectors.joining(" "))
        + (targets.size() > 3 ? " and " + (targets.size() - 3) + " more" : "");
  }

  private Shard found(int count) {
    if (env.containsKey(OWN)) {
      return shard(OWN, number(OWN), count);
    }
    if (env.containsKey(KUBERNETES)) {
      return shard(KUBERNETES, number(KUBERNETES), count);
    }
    if (env.containsKey(ARRAY)) {
      return ofArray(count);
    }
    if (env.containsKey(PROCESS)) {
      requireCount("SLURM_NTASKS", count);
      return shard(PROCESS, number(PROCESS), count);
    }
    throw checks.usage(
        "--shards needs an index: set %s, %s, %s or %s, or use --shard K/N"
            .formatted(OWN, KUBERNETES, ARRAY, PROCESS));
  }

  /// Every task of an array has `SLURM_PROCID=0`, and an array need not begin with 0.
  private Shard ofArray(int count) {
    checks.require(
        env.containsKey("SLURM_ARRAY_TASK_MIN"),
        ARRAY + " is set, but SLURM_ARRAY_TASK_MIN is not; use --shard K/N");
    requireCount("SLURM_ARRAY_TASK_COUNT", count);
    checks.require(
        number("SLURM_ARRAY_TASK_STEP", 1) == 1,
        "SLURM_ARRAY_TASK_STEP is "
            + env.get("SLURM_ARRAY_TASK_STEP")
            + "; --shards needs an array with a step of 1");
    checks.require(
        number("SLURM_NTASKS", 1) == 1,
        "SLURM_NTASKS is "
            + env.get("SLURM_NTASKS")
            + "; --shards needs one task for each element of the array");
    return shard(ARRAY, number(ARRAY) - number("SLURM_ARRAY_TASK_MIN"), count);
  }

  private void requireCount(String variable, int count) {
    checks.require(
        number(variable, count) == count,
        "--shards is " + count + ", but " + variable + " is " + env.get(variable));
  }

  private Shard shard(String variable, int index, int count) {
    checks.require(
        index >= 0 && index < count,
        "--shards is %d, so the index must be from 0 to %d, but by %s it is %d"
            .formatted(count, count - 1, variable, index));
    return new Shard(index, count);
  }

  private int number(String variable, int otherwise) {
    return env.containsKey(variable) ? number(variable) : otherwise;
  }

  private int number(String variable) {
    @Nullable String text = env.get(variable);
    if (text == null || !NUMBER.matcher(text).matches()) {
      throw checks.usage(variable + " must be a whole number, not '" + text + "'");
    }
    return Integer.parseInt(text);
  }
}
