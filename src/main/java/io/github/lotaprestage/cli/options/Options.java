package io.github.lotaprestage.cli.options;

import java.util.List;

/// All options of the program.
public record Options(
    TargetOptions targets,
    ListOptions lists,
    CheckpointOptions checkpoints,
    FilterOptions filters,
    StagingOptions staging,
    LimitOptions limits,
    RecordOptions records,
    ConnectionOptions connection,
    DisplayOptions display) {

  public Options() {
    this(
        new TargetOptions(),
        new ListOptions(),
        new CheckpointOptions(),
        new FilterOptions(),
        new StagingOptions(),
        new LimitOptions(),
        new RecordOptions(),
        new ConnectionOptions(),
        new DisplayOptions());
  }

  /// The options that the short help shows.
  public List<Option<?>> mostUsed() {
    return List.of(
        staging.dryRun,
        filters.include,
        checkpoints.latest,
        limits.maxDuration,
        records.journal,
        display.format,
        display.help);
  }

  /// In the order of the help.
  public List<OptionSet> sets() {
    return List.of(
        targets, lists, checkpoints, filters, staging, limits, records, connection, display);
  }
}
