package io.github.lotaprestage.plan;

/// How much the cache may hold after the run, and what to do with objects that do not fit.
///
/// @param bytes at least 1
public record Capacity(long bytes, Policy policy) {

  /// What to do with objects that do not fit.
  public enum Policy {
    /// Stage what fits, and skip the rest.
    STOP,
    /// Find out first whether everything fits, and stage nothing if it does not.
    REFUSE
  }
}
