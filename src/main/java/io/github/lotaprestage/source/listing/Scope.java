package io.github.lotaprestage.source.listing;

import io.github.lotaprestage.plan.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One listing that serves several targets: their prefixes overlap, and listing the shortest covers
/// all of them, so that no key comes twice.
///
/// @param prefix what is listed; every target's prefix starts with it
public record Scope(String bucket, String prefix, TargetIndex targets) {

  /// The fewest listings that cover `targets`, none of which overlap, in the order of the first
  /// target of each.
  public static List<Scope> merge(List<Target.Listed> targets) {
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
                new TargetIndex(group.getValue())))
        .toList();
  }

  /// For each target the one with the shortest prefix that its own starts with. Sorted, a prefix
  /// comes right before everything that starts with it.
  private static Map<Target.Listed, Target.Listed> shortest(List<Target.Listed> targets) {
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
