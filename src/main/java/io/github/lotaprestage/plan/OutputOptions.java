package io.github.lotaprestage.plan;

import java.time.Duration;

/// What to print.
///
/// @param quiet only failures and the summary
/// @param progressInterval time between two progress lines where there is no terminal
public record OutputOptions(
    Format format, boolean quiet, Progress progress, Duration progressInterval) {

  /// How results are written to standard output.
  public enum Format {
    TEXT,
    JSON
  }

  /// When progress is written to standard error.
  public enum Progress {
    AUTO,
    ALWAYS,
    NEVER
  }
}
