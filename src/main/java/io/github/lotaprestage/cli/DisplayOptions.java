package io.github.lotaprestage.cli;

import io.github.lotaprestage.plan.OutputOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What to print.
final class DisplayOptions {

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "Results as text, or as json, one object a line (${DEFAULT-VALUE}).")
  OutputOptions.Format format = OutputOptions.Format.TEXT;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print failures and the summary only.")
  boolean quiet;

  @Option(
      names = "--progress",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "auto, always (also with --quiet) or never (${DEFAULT-VALUE}).")
  OutputOptions.Progress progress = OutputOptions.Progress.AUTO;

  @Option(
      names = "--progress-interval",
      paramLabel = "TIME",
      defaultValue = "30s",
      converter = Durations.class,
      description = "Time between progress lines off a terminal (${DEFAULT-VALUE}).")
  Duration progressInterval = Duration.ofSeconds(30);

  @Option(
      names = {"-v", "--verbose"},
      description = "The same as --log-level info.")
  boolean verbose;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      description = "error, warn, info, debug or trace, on standard error (warn).")
  Logging.@Nullable Verbosity logLevel;

  @Option(names = "--stacktrace", description = "Show where in the program an error came from.")
  boolean stacktrace;

  @Option(names = "--allow-empty", description = "It is no error when nothing matches.")
  boolean allowEmpty;

  Logging.Verbosity verbosity() {
    if (logLevel != null) {
      return logLevel;
    }
    return verbose ? Logging.Verbosity.INFO : Logging.Verbosity.WARN;
  }
}
