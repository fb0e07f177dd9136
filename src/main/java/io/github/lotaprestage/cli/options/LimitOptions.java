package io.github.lotaprestage.cli.options;

import io.github.lotaprestage.cli.values.Durations;
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
}
