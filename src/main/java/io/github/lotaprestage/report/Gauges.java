package io.github.lotaprestage.report;

import java.time.Duration;

/// What only the running engine knows; asked while it runs.
public interface Gauges {

  /// Entries seen so far.
  long listed();

  /// Whether there is nothing more to list.
  boolean listingDone();

  /// HEADs under way.
  int inFlight();

  /// How long the endpoint has not answered anything although requests are in flight.
  default Duration silence() {
    return Duration.ZERO;
  }
}
