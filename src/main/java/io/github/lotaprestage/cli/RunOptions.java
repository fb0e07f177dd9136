package io.github.lotaprestage.cli;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How to stage.
final class RunOptions {

  @Option(
      names = {"-c", "--concurrency", "--numworkers"},
      paramLabel = "N",
      defaultValue = "300",
      description = "Most HEADs in flight (${DEFAULT-VALUE}).")
  int concurrency;

  @Option(
      names = "--list-concurrency",
      paramLabel = "N",
      defaultValue = "16",
      description = "Most LISTs in flight; 1 lists in the order of the keys (${DEFAULT-VALUE}).")
  int listConcurrency;

  @Option(
      names = "--max-attempts",
      paramLabel = "N",
      defaultValue = "10",
      description = "How often a request is sent at most (${DEFAULT-VALUE}).")
  int maxAttempts;

  /// Which object is sent first.
  enum Order {
    LISTED,
    LARGEST_FIRST;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @Option(
      names = "--order",
      paramLabel = "ORDER",
      defaultValue = "largest-first",
      description =
          "listed, or largest-first among the next 10,000, so that no huge object comes last"
              + " (${DEFAULT-VALUE}).")
  Order order = Order.LARGEST_FIRST;

  @Option(names = "--rate", paramLabel = "N", description = "Most HEADs a second (no limit).")
  double rate;

  @Option(
      names = "--attempt-timeout",
      paramLabel = "TIME",
      defaultValue = "auto",
      description =
          "How long one HEAD may take; auto is 60 s + size at 50 MB/s (${DEFAULT-VALUE}).")
  String attemptTimeout = "auto";

  @Option(
      names = "--max-duration",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "Start no HEAD after this time; exit 5 if objects were left.")
  @Nullable Duration maxDuration;

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = Durations.class,
      description = "Time for HEADs in flight when the run is stopped (${DEFAULT-VALUE}).")
  Duration grace = Duration.ofSeconds(10);

  @Option(
      names = "--journal",
      paramLabel = "FILE",
      description = "Note what is staged, and skip what an earlier run has noted.")
  @Nullable String journal;

  @Option(
      names = "--failed-to",
      paramLabel = "FILE",
      description = "Write the URIs of what is not staged, for --files-from.")
  @Nullable String failedTo;

  @Option(
      names = {"-n", "--dry-run"},
      description = "Show what would be staged; list only, send no HEAD.")
  boolean dryRun;
}
