package io.github.lotaprestage.cli.options;

import io.github.lotaprestage.cli.values.Instants;
import io.github.lotaprestage.cli.values.Shards;
import io.github.lotaprestage.cli.values.Sizes;
import io.github.lotaprestage.cli.values.Values;
import io.github.lotaprestage.cli.values.Values.Text;
import io.github.lotaprestage.plan.Shard;
import java.time.Instant;
import java.util.List;

/// Which of the objects below the targets to stage.
public final class FilterOptions extends OptionSet {

  FilterOptions() {
    super("Filters");
  }

  public final Option<List<String>> include =
      option("--include")
          .values("GLOB", Text.LITERAL)
          .text(
              "Stage only keys that match, relative to the target's prefix. Wildcards (* and ?) and"
                  + " braces work as in a TARGET.")
          .details(
              "For named objects (keys and lists), the whole key is compared, or the part below the"
                  + " base of its list.");

  public final Option<List<String>> exclude =
      option("--exclude")
          .values("GLOB", Text.LITERAL)
          .text("Skip keys that match, even if --include matches them.");

  public final Option<Long> minSize =
      option("--min-size")
          .value("SIZE", new Sizes())
          .text("Stage only objects of at least SIZE, such as 4MiB.")
          .details("A filter never excludes an object because the store does not report a value.");

  public final Option<Long> maxSize =
      option("--max-size").value("SIZE", new Sizes()).text("Stage only objects of at most SIZE.");

  public final Option<Instant> newerThan =
      option("--newer-than")
          .value("TIME", new Instants())
          .text("Stage only objects modified after TIME: an age (7d, 36h) or an ISO-8601 date.")
          .details("A date without an offset is UTC.");

  public final Option<Instant> olderThan =
      option("--older-than")
          .value("TIME", new Instants())
          .text("Stage only objects modified before TIME.");

  public final Option<List<String>> storageClasses =
      option("--storage-class")
          .values("CLASS", Text.NAME)
          .text("Stage only objects of this storage class, such as STANDARD.")
          .details("Case does not matter.");

  public final Option<Shard> shard =
      option("--shard")
          .value("K/N", new Shards())
          .text("Stage only the Kth of N equal parts of the keys, counted from 0.")
          .details(
              "Each key belongs to exactly one part, by a hash of its bucket and name. Every part lists"
                  + " everything.");

  public final Option<Integer> shards =
      option("--shards")
          .value("N", new Values.WholeNumber(1, Shard.MAX_COUNT))
          .text("The same, with K from the environment of a pod or a Slurm task.")
          .details(
              "K is LOTA_PRESTAGE_SHARD_INDEX, JOB_COMPLETION_INDEX, SLURM_ARRAY_TASK_ID minus"
                  + " SLURM_ARRAY_TASK_MIN, or SLURM_PROCID: the first that is set. Variables that"
                  + " contradict N are bad usage.");

  public final Option<String> shardBounds =
      option("--shard-bounds")
          .value("FILE", Values.Text.NAME)
          .text("Divide keys by the ranges in FILE, so that each shard lists only its own.")
          .details(
              "FILE comes from --write-shard-bounds, for the same targets and number of shards.");

  public final Option<String> writeShardBounds =
      option("--write-shard-bounds")
          .value("FILE", Values.Text.NAME)
          .text("With --dry-run and --shards N: write N ranges of about equal bytes to FILE.")
          .details("FILE is replaced when the listing is complete. This run needs no shard index.");
}
