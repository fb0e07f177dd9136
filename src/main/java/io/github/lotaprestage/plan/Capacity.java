package io.github.lotaprestage.plan;

/// How much the cache may hold after the run, and what to do with objects that do not fit.
///
/// @param bytes at least 1
public record Capacity(long bytes, Policy policy) {

  /// The part that a shard may fill, so that all shards together do not fill more than this.
  public Capacity partOf(Shard shard) {
    return new Capacity(Math.max(1, bytes / shard.count()), policy);
  }

  /// What to do with objects that do not fit.
  public enum Policy {
    /// Stage what fits, and skip the rest.
    STOP,
    /// Find out first whether everything fits, and stage nothing if it does not.
    REFUSE
  }
}
