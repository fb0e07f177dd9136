package io.github.lotaprestage.report;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The result of one check of the set-up.
///
/// @param name of the check, in snake case
/// @param text what was found, for people
/// @param fix what to do about it; null if there is nothing to do
public record Finding(
    String name, Status status, Duration duration, String text, @Nullable String fix) {

  /// How a finding affects a run.
  public enum Status {
    OK,
    /// A run copes with it, or the check was not made.
    WARN,
    /// A run cannot work.
    FAIL
  }
}
