package io.github.lotaprestage.plan;

import java.time.Duration;

/// What to print.
///
/// @param detail which results are written to standard output
/// @param progressInterval time between two progress lines that do not go to a terminal
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

  public static Builder builder() {
    return new Builder();
  }

  /// Sets options by name. The others have the defaults of the command line.
  public static final class Builder {
    private Format format = Format.TEXT;
    private Detail detail = Detail.ALL;
    private Progress progress = Progress.AUTO;
    private Duration progressInterval = Duration.ofSeconds(30);

    private Builder() {}

    public Builder format(Format value) {
      format = value;
      return this;
    }

    public Builder detail(Detail value) {
      detail = value;
      return this;
    }

    public Builder progress(Progress value) {
      progress = value;
      return this;
    }

    public Builder progressInterval(Duration value) {
      progressInterval = value;
      return this;
    }

    public OutputOptions build() {
      return new OutputOptions(format, detail, progress, progressInterval);
    }
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
