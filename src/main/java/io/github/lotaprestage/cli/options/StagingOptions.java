package io.github.lotaprestage.cli.options;

import io.github.lotaprestage.cli.values.Durations;
import io.github.lotaprestage.cli.values.Rates;
import io.github.lotaprestage.cli.values.Values;
import java.time.Duration;
import java.util.Optional;

/// How to stage.
public final class StagingOptions extends OptionSet {

  StagingOptions() {
    super("Staging");
  }

  public final Option<Integer> concurrency =
      option("-c", "--concurrency", "--numworkers")
          .value("N", new Values.WholeNumber(1, 100_000))
          .defaultsTo("300")
          .text("Maximum concurrent HEAD requests.")
          .details(
              "CoreWeave recommends the default. While the store throttles requests,"
                  + " fewer are sent.");

  public final Option<Integer> listConcurrency =
      option("--list-concurrency")
          .value("N", new Values.WholeNumber(1, 1000))
          .defaultsTo("16")
          .text("Maximum concurrent LIST requests; with 1, keys are listed in order.");

  public final Option<Integer> maxAttempts =
      option("--max-attempts")
          .value("N", new Values.WholeNumber(1, 1_000_000))
          .defaultsTo("10")
          .text("Maximum attempts for each request.")
          .details(
              "Lost connections, timeouts and the statuses 408, 429 and 5xx are retried. A request"
                  + " that a busy store throttles gets up to ten times as many attempts while"
                  + " others succeed.");

  /// Which object is sent first.
  public enum Order {
    LISTED,
    LARGEST_FIRST
  }

  public final Option<Order> order =
      option("--order")
          .value("ORDER", new Values.Word<>(Order.class))
          .defaultsTo("largest-first")
          .text("Which objects to send first: listed, or largest-first among the next 10,000.")
          .details(
              "A listing is in the order of the keys only with '--list-concurrency 1', because"
                  + " otherwise several parts of a prefix are listed at once.");

  public final Option<Double> rate =
      option("--rate")
          .value("N", new Values.Decimal("HEAD requests per second"))
          .defaultsTo("0")
          .describeDefault("no limit")
          .text("Maximum HEAD requests per second.")
          .details(
              "If the store throttles requests, a lower rate is learned. With 0 there is no limit.");

  public final Option<Long> maxFillRate =
      option("--max-fill-rate")
          .value("SIZE", new Rates())
          .text(
              "Maximum bytes that LOTA is asked to fetch per second, such as 10GiB, to leave bandwidth"
                  + " to running jobs.")
          .details(
              "The sizes of the requested objects add up to no more than that. It is an estimate,"
                  + " because LOTA does not say how fast it fetches. An object larger than SIZE is still"
                  + " requested, and the next ones wait for it.");

  public final Option<Optional<Duration>> attemptTimeout =
      option("--attempt-timeout")
          .value("TIME", new Values.Auto<>(Durations.positive()))
          .defaultsTo("auto")
          .text("Time limit for one HEAD request; 'auto' is 60 s plus the size at 50 MB/s.")
          .details(
              "The time includes the name lookup, connecting and the TLS handshake. It also limits"
                  + " LIST requests and sample reads, which may take 60 s otherwise.");

  public final Option<Integer> sampleReads =
      option("--sample-reads")
          .value("N", new Values.WholeNumber(1, 10_000))
          .text("After staging, read the first MiB of N random staged objects and report how fast.")
          .details(
              "The reads go through the same endpoint, one after another. They show how fast reads are,"
                  + " but not where they were served from. A read that fails does not change the exit"
                  + " code. It is sent twice at most, and after three failures in a row the other"
                  + " objects are not read.");

  public final Option<Boolean> dryRun =
      flag("-n", "--dry-run")
          .text(
              "Show the plan: what would be staged, whether it fits, what it may cost. Sends no HEAD.")
          .details("With '--quiet', only the plan is printed, and not a line for each object.");
}
