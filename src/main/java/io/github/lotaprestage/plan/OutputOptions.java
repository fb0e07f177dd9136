package io.github.lotaprestage.plan;

import java.time.Duration;

/// What to print.
///
/// @param detail which results are written to standard output
/// @param progressInterval time between two progress lines where there is no terminal
public record OutputOptions(
    Format format, Detail detail, Progress progress, Duration progressInterval) {

  /// How results are written to standard output.
  public enum Format {
    TEXT,
    JSON
  }

  public boolean quiet() {
    return detail != Detail.ALL;
  }

  /// Which results are written to standard output.
  public enum Detail {
    ALL,
    FAILURES_AND_SUMMARY,
    FAILURES
  }

  /// When progress is written to standard error.
  public enum Progress {
    AUTO,
    ALWAYS,
    NEVER
  }
}
