package io.github.lotaprestage.cli;

import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Model.OptionSpec;

/// How to stage.
final class RunOptions extends OptionGroup {

  final Value<Integer> concurrency =
      option(
          Integer.class,
          OptionSpec.builder("-c", "--concurrency", "--numworkers")
              .paramLabel("N")
              .defaultValue("300")
              .converters(new Values.WholeNumber(1, 100_000))
              .description("Most HEADs in flight (${DEFAULT-VALUE})."));

  final Value<Integer> listConcurrency =
      option(
          Integer.class,
          OptionSpec.builder("--list-concurrency")
              .paramLabel("N")
              .defaultValue("16")
              .converters(new Values.WholeNumber(1, 1000))
              .description(
                  "Most LISTs in flight; 1 lists in the order of the keys (${DEFAULT-VALUE})."));

  final Value<Integer> maxAttempts =
      option(
          Integer.class,
          OptionSpec.builder("--max-attempts")
              .paramLabel("N")
              .defaultValue("10")
              .converters(new Values.WholeNumber(1, 1_000_000))
              .description("How often a request is sent at most (${DEFAULT-VALUE})."));

  /// Which object is sent first.
  enum Order {
    LISTED,
    LARGEST_FIRST;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  final Value<Order> order =
      choice(
          Order.class,
          OptionSpec.builder("--order")
              .paramLabel("ORDER")
              .defaultValue("largest-first")
              .description(
                  "listed, or largest-first among the next 10,000, so that no huge object comes last"
                      + " (${DEFAULT-VALUE})."));

  final Value<Double> rate =
      option(
          Double.class,
          OptionSpec.builder("--rate")
              .paramLabel("N")
              .defaultValue("0")
              .converters(new Values.Decimal("HEADs a second"))
              .description("Most HEADs a second (no limit)."));

  final Value<String> attemptTimeout =
      option(
          String.class,
          OptionSpec.builder("--attempt-timeout")
              .paramLabel("TIME")
              .defaultValue("auto")
              .description(
                  "How long one HEAD may take; auto is 60 s + size at 50 MB/s (${DEFAULT-VALUE})."));

  final Value<Duration> maxDuration =
      option(
          Duration.class,
          OptionSpec.builder("--max-duration")
              .paramLabel("TIME")
              .converters(new Durations())
              .description(
                  "Start no HEAD after this time from the start of the process; exit 5 if objects were"
                      + " left."));

  final Value<Duration> grace =
      option(
          Duration.class,
          OptionSpec.builder("--grace")
              .paramLabel("TIME")
              .defaultValue("10s")
              .converters(new Durations())
              .description("Time for HEADs in flight when the run is stopped (${DEFAULT-VALUE})."));

  final Value<String> journal =
      option(
          String.class,
          OptionSpec.builder("--journal")
              .paramLabel("FILE")
              .description("Note what is staged, and skip what an earlier run has noted."));

  final Value<String> failedTo =
      option(
          String.class,
          OptionSpec.builder("--failed-to")
              .paramLabel("FILE")
              .description("Write the URIs of what is not staged, for --files-from."));

  final Value<Boolean> dryRun =
      flag(
          OptionSpec.builder("-n", "--dry-run")
              .description("Show what would be staged; list only, send no HEAD."));
}
