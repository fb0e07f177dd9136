package io.github.lotaprestage.cli;

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
      names = "--max-attempts",
      paramLabel = "N",
      defaultValue = "10",
      description = "How often a request is sent at most (${DEFAULT-VALUE}).")
  int maxAttempts;

  @Option(
      names = {"-n", "--dry-run"},
      description = "Show what would be staged; list only, send no HEAD.")
  boolean dryRun;
}
