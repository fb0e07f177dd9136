package io.github.lotaprestage.report;

/// What only the running engine knows; asked while it runs.
public interface Gauges {

  /// Entries seen so far.
  long listed();

  /// Whether there is nothing more to list.
  boolean listingDone();

  /// HEADs under way.
  int inFlight();
}
