package io.github.lotaprestage.report;

import io.github.lotaprestage.engine.Summary;
import io.github.lotaprestage.engine.sample.ReadReport;
import io.github.lotaprestage.object.Chosen;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.plan.Shard;
import io.github.lotaprestage.report.plan.StagingPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the run ended.
///
/// @param listingComplete whether all selected objects are known and counted
/// @param endpoint null if the run ended before it was known
/// @param error the reason if the run could not work
public record RunReport(
    Summary summary,
    ExitStatus status,
    boolean listingComplete,
    @Nullable String endpoint,
    @Nullable Failure error,
    Details details) {

  /// What only some runs have.
  ///
  /// @param clockOffsetSeconds how many seconds the store's clock is ahead of this machine's; 0
  ///   unless requests had to be signed with it
  /// @param chosen the checkpoints that were chosen; null if the run did not have to choose
  /// @param metadataReads GETs of manifests and of objects that describe checkpoints
  /// @param reads sample reads; null if there were none
  /// @param plan of a dry run; null for others
  /// @param shard the part of the keys that was staged; null for all
  /// @param merged the shards whose summaries were merged into this one; null if none were
  public record Details(
      long clockOffsetSeconds,
      @Nullable List<Chosen> chosen,
      long metadataReads,
      @Nullable ReadReport reads,
      @Nullable StagingPlan plan,
      @Nullable Shard shard,
      @Nullable Merged merged) {

    public static final Details NONE = merged(null);

    public static Details merged(@Nullable Merged shards) {
      return new Details(0, null, 0, null, null, null, shards);
    }
  }

  /// Which shards the merged summaries are of.
  ///
  /// @param count of all shards
  /// @param missing shards without a summary, from 0
  /// @param repeated shards with several summaries, from 0
  public record Merged(long count, List<Long> missing, List<Long> repeated) {}

  /// A report without details.
  public RunReport(
      Summary summary,
      ExitStatus status,
      boolean listingComplete,
      @Nullable String endpoint,
      @Nullable Failure error) {
    this(summary, status, listingComplete, endpoint, error, Details.NONE);
  }

  /// The same run with another end.
  public RunReport endedBy(ExitStatus newStatus, @Nullable Failure newError) {
    return new RunReport(summary, newStatus, listingComplete, endpoint, newError, details);
  }
}
