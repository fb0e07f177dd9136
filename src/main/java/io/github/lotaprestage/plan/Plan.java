package io.github.lotaprestage.plan;

import java.util.List;

/// One run, checked as a whole: nothing downstream checks its parts again.
///
/// @param targets objects and prefixes, without duplicates
/// @param keyLists read after the targets
/// @param largestFirst large objects overtake small ones where they are known in time
/// @param dryRun LISTs only
/// @param allowEmpty nothing to stage is no error
public record Plan(
    List<Target> targets,
    List<KeyList> keyLists,
    Filters filters,
    StoreOptions store,
    Limits limits,
    RetryPolicy retry,
    RunFiles files,
    boolean largestFirst,
    boolean dryRun,
    boolean allowEmpty,
    OutputOptions output) {

  /// The objects that were named one by one.
  public List<Target.Key> keys() {
    return only(Target.Key.class);
  }

  /// What has to be listed.
  public List<Target.Listed> listed() {
    return only(Target.Listed.class);
  }

  private <T extends Target> List<T> only(Class<T> type) {
    return targets.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
