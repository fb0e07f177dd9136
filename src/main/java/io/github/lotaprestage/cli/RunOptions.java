package io.github.lotaprestage.cli;

import io.github.lotaprestage.cli.values.Durations;
import io.github.lotaprestage.cli.values.Values;
import java.time.Duration;
import java.util.Optional;

/// How to stage.
final class RunOptions extends OptionSet {

  RunOptions() {
    super("Staging");
  }

  final Option<Integer> concurrency =
      option("-c", "--concurrency", "--numworkers")
          .value("N", new Values.WholeNumber(1, 100_000))
          .defaultsTo("300")
          .text("Maximum concurrent HEAD requests.")
          .details(
              "The default is CoreWeave's figure. While the store throttles requests,"
                  + " fewer are sent.");

  final Option<Integer> listConcurrency =
      option("--list-concurrency")
          .value("N", new Values.WholeNumber(1, 1000))
          .defaultsTo("16")
          .text("Maximum concurrent LIST requests; with 1, keys are listed in order.");

  final Option<Integer> maxAttempts =
      option("--max-attempts")
          .value("N", new Values.WholeNumber(1, 1_000_000))
          .defaultsTo("10")
          .text("Maximum attempts for each request.")
          .details(
              "Lost connections, timeouts and the statuses 408, 429 and 5xx are retried. A request"
                  + " that a busy store throttles gets up to ten times as many attempts while"
                  + " others succeed.");

  /// Which object is sent first.
  enum Order {
    LISTED,
    LARGEST_FIRST
  }

  final Option<Order> order =
      option("--order")
          .value("ORDER", new Values.Word<>(Order.class))
          .defaultsTo("largest-first")
          .text("Which objects to send first: listed, or largest-first among the next 10,000.")
          .details(
              "A listing is in the order of the keys only with '--list-concurrency 1', because"
                  + " otherwise several parts of a prefix are listed at once.");

  final Option<Double> rate =
      option("--rate")
          .value("N", new Values.Decimal("HEAD requests per second"))
          .defaultsTo("0")
          .describeDefault("no limit")
          .text("Maximum HEAD requests per second.")
          .details(
              "If the store throttles requests, a lower rate is learned. With 0 there is no limit.");

  final Option<Optional<Duration>> attemptTimeout =
      option("--attempt-timeout")
          .value("TIME", new Values.Auto<>(Durations.positive()))
          .defaultsTo("auto")
          .text("Time limit for one HEAD request; 'auto' is 60 s plus the size at 50 MB/s.")
          .details(
              "The time includes the name lookup, connecting and the TLS handshake. It also limits"
                  + " LIST requests, which may take 60 s otherwise.");

  final Option<Duration> maxDuration =
      option("--max-duration")
          .value("TIME", Durations.positive())
          .text(
              "Send no new HEAD requests after this time, counted from the start of the process."
                  + " Exit 5 if objects are left.")
          .details("Requests in flight may take --grace longer.");

  final Option<Duration> grace =
      option("--grace")
          .value("TIME", new Durations())
          .defaultsTo("10s")
          .text("Time for requests in flight to finish when the run is stopped.");

  final Option<String> journal =
      option("--journal")
          .value("FILE", Values.Text.NAME)
          .text("Record staged objects in FILE, and skip objects that FILE already records.")
          .details(
              "An object is skipped if its endpoint, bucket, key and ETag are in FILE. A dry run"
                  + " reads FILE and does not change it.");

  final Option<Duration> journalMaxAge =
      option("--journal-max-age")
          .value("TIME", Durations.positive())
          .text(
              "Stage objects again that --journal recorded longer ago than TIME, because the cache"
                  + " may have evicted them.")
          .details(
              "TIME is a guess: LOTA evicts the least recently used objects, whatever their age. With"
                  + " this option, entries without a time, which older versions wrote, are ignored.");

  final Option<String> failedTo =
      option("--failed-to")
          .value("FILE", Values.Text.NAME)
          .text("Write the URIs of objects that are not staged to FILE, for --files-from.")
          .details(
              "FILE is replaced when the run ends, and is empty if everything was staged. Keys that"
                  + " contain line ends are in FILE.nul, for --files-from0. A dry run does not write"
                  + " FILE.");

  final Option<Boolean> dryRun =
      flag("-n", "--dry-run").text("Show what would be staged. Sends no HEAD requests.");
}
