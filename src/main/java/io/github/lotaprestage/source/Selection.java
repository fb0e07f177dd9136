package io.github.lotaprestage.source;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.plan.Filters;
import io.github.lotaprestage.plan.target.Glob;
import io.github.lotaprestage.plan.target.Target;
import io.github.lotaprestage.plan.target.TargetIndex;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Decides which objects are selected. Unknown metadata never excludes an object.
public final class Selection {

  private final Filters filters;

  public Selection(Filters filters) {
    this.filters = filters;
  }

  /// The first of `targets` that selects a listed object; null if none of them does, or the object
  /// does not pass the filters.
  public Target.@Nullable Listed first(ObjectRef object, TargetIndex targets) {
    String key = object.key();
    return metadataFits(object)
        ? targets.first(
            key, target -> target.covers(key) && keyFits(key.substring(target.prefix().length())))
        : null;
  }

  /// Whether an object that was named itself passes the filters. Patterns match its whole key.
  public boolean wants(ObjectRef named) {
    return wants(named, "");
  }

  /// The same, but what is below `base` is matched relative to it.
  public boolean wants(ObjectRef named, String base) {
    String key = named.key();
    return metadataFits(named)
        && keyFits(key.startsWith(base) ? key.substring(base.length()) : key);
  }

  private boolean keyFits(String relative) {
    return (filters.include().isEmpty() || anyMatches(filters.include(), relative))
        && !anyMatches(filters.exclude(), relative);
  }

  private static boolean anyMatches(List<Glob> globs, String text) {
    for (Glob glob : globs) {
      if (glob.matches(text)) {
        return true;
      }
    }
    return false;
  }

  private boolean metadataFits(ObjectRef object) {
    return sizeFits(object.size()) && ageFits(object.lastModified()) && storageClassFits(object);
  }

  /// Whether all metadata is known that the filters need.
  boolean canJudge(ObjectRef object) {
    boolean byAge = filters.newerThan().isPresent() || filters.olderThan().isPresent();
    boolean byClass = !filters.storageClasses().isEmpty();
    return (!byAge || object.lastModified() != null) && (!byClass || object.storageClass() != null);
  }

  private boolean sizeFits(@Nullable Long size) {
    return size == null
        || (size >= filters.minSize().orElse(0)
            && size <= filters.maxSize().orElse(Long.MAX_VALUE));
  }

  private boolean ageFits(@Nullable Instant modified) {
    return modified == null
        || (filters.newerThan().map(modified::isAfter).orElse(true)
            && filters.olderThan().map(modified::isBefore).orElse(true));
  }

  private boolean storageClassFits(ObjectRef object) {
    if (filters.storageClasses().isEmpty() || object.storageClass() == null) {
      return true;
    }
    return filters.storageClasses().contains(object.storageClass().toUpperCase(Locale.ROOT));
  }
}
