package io.github.lotaprestage.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The files that a run writes besides its output.
///
/// @param journal the objects that are in the cache, which the next run skips
/// @param journalMaxAge the age from which entries of the journal do not count
/// @param failedTo the objects that are not, for the next run
/// @param failedToIsInput whether this run also reads that list, or its `.nul` file
/// @param summary how the run ended, for other programs
/// @param metrics gauges of the run, for Prometheus
/// @param report a page about the run, for people
/// @param bounds of the shards of other runs, which a dry run finds
public record RunFiles(
    Optional<Path> journal,
    Optional<Duration> journalMaxAge,
    Optional<Path> failedTo,
    boolean failedToIsInput,
    Optional<Path> summary,
    Optional<Path> metrics,
    Optional<Path> report,
    Optional<Bounds> bounds) {

  /// The keys that divide a run among shards.
  public record Bounds(Path file, int shards) {}

  /// The second file of `--failed-to`: keys that contain line ends, each followed by NUL.
  public static Path nulFile(Path failedTo) {
    return failedTo.resolveSibling(failedTo.getFileName() + ".nul");
  }

  public static Builder builder() {
    return new Builder();
  }

  /// Names the files that are wanted.
  public static final class Builder {
    private @Nullable Path journal;
    private @Nullable Duration journalMaxAge;
    private @Nullable Path failedTo;
    private boolean failedToIsInput;
    private @Nullable Path summary;
    private @Nullable Path metrics;
    private @Nullable Path report;
    private @Nullable Bounds bounds;

    private Builder() {}

    public Builder journal(@Nullable Path value) {
      journal = value;
      return this;
    }

    public Builder journalMaxAge(@Nullable Duration value) {
      journalMaxAge = value;
      return this;
    }

    public Builder failedTo(@Nullable Path value) {
      failedTo = value;
      return this;
    }

    public Builder failedToIsInput(boolean value) {
      failedToIsInput = value;
      return this;
    }

    public Builder summary(@Nullable Path value) {
      summary = value;
      return this;
    }

    public Builder metrics(@Nullable Path value) {
      metrics = value;
      return this;
    }

    public Builder report(@Nullable Path value) {
      report = value;
      return this;
    }

    public Builder bounds(@Nullable Bounds value) {
      bounds = value;
      return this;
    }

    public RunFiles build() {
      return new RunFiles(
          Optional.ofNullable(journal),
          Optional.ofNullable(journalMaxAge),
          Optional.ofNullable(failedTo),
          failedToIsInput,
          Optional.ofNullable(summary),
          Optional.ofNullable(metrics),
          Optional.ofNullable(report),
          Optional.ofNullable(bounds));
    }
  }
}
