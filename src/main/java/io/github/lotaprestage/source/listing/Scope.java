package io.github.lotaprestage.source.listing;

import io.github.lotaprestage.plan.target.KeySpan;
import io.github.lotaprestage.plan.target.Target;
import io.github.lotaprestage.plan.target.TargetIndex;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One listing for several targets whose prefixes overlap. Listing the shortest prefix covers all
/// of them, so that no key is listed twice.
///
/// @param prefix the prefix that is listed; every target's prefix starts with it
/// @param after the key after which it begins; null to begin with the first
/// @param until the last key; null for all that follow
public record Scope(
    String bucket,
    String prefix,
    TargetIndex targets,
    @Nullable String after,
    @Nullable String until) {

  /// The part of this listing that may contain keys of a span.
  public Optional<Scope> within(KeySpan span) {
    return span.misses(bucket, prefix)
        ? Optional.empty()
        : Optional.of(
            new Scope(
                bucket,
                prefix,
                targets,
                span.firstBelow(bucket, prefix),
                span.lastBelow(bucket, prefix)));
  }

  /// Whether it is only a part of what has the prefix.
  boolean isPart() {
    return after != null || until != null;
  }

  /// The smallest set of listings that covers `targets` without overlap, in the order of the first
  /// target of each.
  public static List<Scope> merge(Collection<Target.Listed> targets) {
    Map<Target.Listed, Target.Listed> shortest = shortest(targets);
    Map<Target.Listed, List<Target.Listed>> groups = new LinkedHashMap<>();
    for (Target.Listed target : new LinkedHashSet<>(targets)) {
      groups.computeIfAbsent(shortest.get(target), _ -> new ArrayList<>(1)).add(target);
    }
    return groups.entrySet().stream()
        .map(group ->
            new Scope(
                group.getKey().bucket(),
                group.getKey().prefix(),
                new TargetIndex(group.getValue()),
                null,
                null))
        .toList();
  }

  /// Maps each target to the target with the shortest prefix of its own prefix. In sorted order a
  /// prefix comes immediately before everything that starts with it.
  private static Map<Target.Listed, Target.Listed> shortest(Collection<Target.Listed> targets) {
    Map<Target.Listed, Target.Listed> shortest = new HashMap<>();
    Target.@Nullable Listed current = null;
    for (Target.Listed target :
        targets.stream()
            .sorted(
                Comparator.comparing(Target.Listed::bucket).thenComparing(Target.Listed::prefix))
            .toList()) {
      if (current == null
          || !current.bucket().equals(target.bucket())
          || !target.prefix().startsWith(current.prefix())) {
        current = target;
      }
      shortest.put(target, current);
    }
    return shortest;
  }
}
