package io.github.lotaprestage.cli.options;

import io.github.lotaprestage.cli.values.Durations;
import io.github.lotaprestage.cli.values.Sizes;
import io.github.lotaprestage.cli.values.Values;
import io.github.lotaprestage.plan.Capacity;
import java.time.Duration;

/// When to stop.
public final class LimitOptions extends OptionSet {

  LimitOptions() {
    super("Limits");
  }

  public final Option<Duration> maxDuration =
      option("--max-duration")
          .value("TIME", Durations.positive())
          .text(
              "Send no new HEAD requests after this time, counted from the start of the process."
                  + " Exit 5 if objects are left.")
          .details("Requests in flight may take --grace longer.");

  public final Option<Duration> grace =
      option("--grace")
          .value("TIME", new Durations())
          .defaultsTo("10s")
          .text("Time for requests in flight to finish when the run is stopped.");

  public final Option<Duration> watch =
      option("--watch")
          .value("TIME", Durations.positive())
          .text(
              "Stay, and stage what is new or changed every TIME, until a signal or --max-duration.")
          .details(
              "Each version of an object is staged once; with --journal also after a restart. Objects"
                  + " that failed are tried again. Listings that fail do not end it.");

  public final Option<Integer> nodes =
      option("--nodes")
          .value("N", new Values.WholeNumber(1, 1_000_000))
          .text("Do not fill more than the caches of N nodes hold. Exit 5 if objects are left.")
          .details("Objects that do not fit are skipped, and smaller ones may still fit.");

  public final Option<Long> nodeCache =
      option("--node-cache")
          .value("SIZE", new Sizes())
          .defaultsTo("1TiB")
          .text("With --nodes: the cache of a node, which differs by type of node.");

  public final Option<Long> cacheCapacity =
      option("--cache-capacity")
          .value("SIZE", new Sizes())
          .text("Do not fill more than SIZE. Exit 5 if objects are left.")
          .details("Use it instead of --nodes. Each of N shards may fill an Nth of it.");

  public final Option<Capacity.Policy> capacityPolicy =
      option("--capacity-policy")
          .value("POLICY", new Values.Word<>(Capacity.Policy.class))
          .defaultsTo("stop")
          .text("If not everything fits: stop when it is full, or refuse to stage anything.")
          .details(
              "'refuse' lists everything before the first HEAD, so it cannot read standard input.");
}
