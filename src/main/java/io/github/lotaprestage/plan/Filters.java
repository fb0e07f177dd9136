package io.github.lotaprestage.plan;

import io.github.lotaprestage.plan.target.Glob;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Selects objects below the targets.
///
/// @param include globs over the key relative to its target's prefix; empty selects all
/// @param exclude globs over the same text; they win over `include`
/// @param minSize smallest size in bytes, inclusive
/// @param maxSize largest size in bytes, inclusive
/// @param newerThan only objects modified after this instant
/// @param olderThan only objects modified before this instant
/// @param storageClasses upper-case names; empty selects all
public record Filters(
    List<Glob> include,
    List<Glob> exclude,
    OptionalLong minSize,
    OptionalLong maxSize,
    Optional<Instant> newerThan,
    Optional<Instant> olderThan,
    Set<String> storageClasses) {

  /// Selects every object.
  public static final Filters NONE = builder().build();

  /// Whether the filters need more than the key.
  public boolean needMetadata() {
    return minSize.isPresent()
        || maxSize.isPresent()
        || newerThan.isPresent()
        || olderThan.isPresent()
        || !storageClasses.isEmpty();
  }

  public static Builder builder() {
    return new Builder();
  }

  /// Sets filters by name. The others let all objects through.
  public static final class Builder {
    private List<Glob> include = List.of();
    private List<Glob> exclude = List.of();
    private @Nullable Long minSize;
    private @Nullable Long maxSize;
    private @Nullable Instant newerThan;
    private @Nullable Instant olderThan;
    private Set<String> storageClasses = Set.of();

    private Builder() {}

    public Builder include(List<Glob> value) {
      include = value;
      return this;
    }

    public Builder exclude(List<Glob> value) {
      exclude = value;
      return this;
    }

    public Builder minSize(@Nullable Long value) {
      minSize = value;
      return this;
    }

    public Builder maxSize(@Nullable Long value) {
      maxSize = value;
      return this;
    }

    public Builder newerThan(@Nullable Instant value) {
      newerThan = value;
      return this;
    }

    public Builder olderThan(@Nullable Instant value) {
      olderThan = value;
      return this;
    }

    public Builder storageClasses(Set<String> value) {
      storageClasses = value;
      return this;
    }

    public Filters build() {
      return new Filters(
          include,
          exclude,
          optional(minSize),
          optional(maxSize),
          Optional.ofNullable(newerThan),
          Optional.ofNullable(olderThan),
          storageClasses);
    }

    private static OptionalLong optional(@Nullable Long value) {
      return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
  }
}
