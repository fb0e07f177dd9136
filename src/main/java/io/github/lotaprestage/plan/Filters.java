package io.github.lotaprestage.plan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Which of the objects below the targets are wanted.
///
/// @param include globs over the key relative to its target's prefix; empty lets all through
/// @param exclude globs over the same text; they win over `include`
/// @param minSize smallest size in bytes, inclusive
/// @param maxSize largest size in bytes, inclusive
/// @param newerThan only objects modified after this instant
/// @param olderThan only objects modified before this instant
/// @param storageClasses upper-case names; empty lets all through
public record Filters(
    List<Glob> include,
    List<Glob> exclude,
    OptionalLong minSize,
    OptionalLong maxSize,
    Optional<Instant> newerThan,
    Optional<Instant> olderThan,
    Set<String> storageClasses) {

  /// Lets every object through.
  public static final Filters NONE =
      new Filters(
          List.of(),
          List.of(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          Optional.empty(),
          Optional.empty(),
          Set.of());

  /// Whether a key alone is not enough to decide.
  public boolean needMetadata() {
    return minSize.isPresent()
        || maxSize.isPresent()
        || newerThan.isPresent()
        || olderThan.isPresent()
        || !storageClasses.isEmpty();
  }
}
