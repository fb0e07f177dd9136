package io.github.lotaprestage.cli;

import io.github.lotaprestage.cli.values.Durations;
import io.github.lotaprestage.cli.values.Values;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Model.OptionSpec;

/// How to stage.
final class RunOptions extends OptionSet {

  final Value<Integer> concurrency =
      option(
          Integer.class,
          OptionSpec.builder("-c", "--concurrency", "--numworkers")
              .paramLabel("N")
              .defaultValue("300")
              .converters(new Values.WholeNumber(1, 100_000))
              .description("Maximum concurrent HEAD requests (default: ${DEFAULT-VALUE})."));

  final Value<Integer> listConcurrency =
      option(
          Integer.class,
          OptionSpec.builder("--list-concurrency")
              .paramLabel("N")
              .defaultValue("16")
              .converters(new Values.WholeNumber(1, 1000))
              .description(
                  "Maximum concurrent LIST requests; 1 lists in key order (default:"
                      + " ${DEFAULT-VALUE})."));

  final Value<Integer> maxAttempts =
      option(
          Integer.class,
          OptionSpec.builder("--max-attempts")
              .paramLabel("N")
              .defaultValue("10")
              .converters(new Values.WholeNumber(1, 1_000_000))
              .description("Maximum attempts for each request (default: ${DEFAULT-VALUE})."));

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
                  "Which objects to send first: listed, or largest-first among the next"
                      + " 10,000 (default: ${DEFAULT-VALUE})."));

  final Value<Double> rate =
      option(
          Double.class,
          OptionSpec.builder("--rate")
              .paramLabel("N")
              .defaultValue("0")
              .converters(new Values.Decimal("HEADs a second"))
              .description("Maximum HEAD requests per second (default: no limit)."));

  final Value<String> attemptTimeout =
      option(
          String.class,
          OptionSpec.builder("--attempt-timeout")
              .paramLabel("TIME")
              .defaultValue("auto")
              .description(
                  "Time limit for one HEAD request; auto is 60 s plus the size at 50 MB/s"
                      + " (default: ${DEFAULT-VALUE})."));

  final Value<Duration> maxDuration =
      option(
          Duration.class,
          OptionSpec.builder("--max-duration")
              .paramLabel("TIME")
              .converters(new Durations())
              .description(
                  "Send no new HEAD requests after this time, counted from the start of the"
                      + " process. Exit 5 if objects are left."));

  final Value<Duration> grace =
      option(
          Duration.class,
          OptionSpec.builder("--grace")
              .paramLabel("TIME")
              .defaultValue("10s")
              .converters(new Durations())
              .description(
                  "Time for requests in flight to finish when the run is stopped (default:"
                      + " ${DEFAULT-VALUE})."));

  final Value<String> journal =
      option(
          String.class,
          OptionSpec.builder("--journal")
              .paramLabel("FILE")
              .description(
                  "Record staged objects in FILE, and skip objects that FILE already records."));

  final Value<String> failedTo =
      option(
          String.class,
          OptionSpec.builder("--failed-to")
              .paramLabel("FILE")
              .description(
                  "Write the URIs of objects that are not staged to FILE, for --files-from."));

  final Value<Boolean> dryRun =
      flag(
          OptionSpec.builder("-n", "--dry-run")
              .description("Show what would be staged. Sends LIST requests only."));
}
