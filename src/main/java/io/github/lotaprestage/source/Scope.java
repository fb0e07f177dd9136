package io.github.lotaprestage.source;

import io.github.lotaprestage.plan.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One listing that serves several targets: their prefixes overlap, and listing the shortest covers
/// all of them, so that no key comes twice.
///
/// @param prefix what is listed; every target's prefix starts with it
record Scope(String bucket, String prefix, List<Target.Listed> targets) {

  /// The fewest listings that cover `targets`, none of which overlap.
  static List<Scope> merge(List<Target.Listed> targets) {
    Map<Target.Listed, Scope> scopes = new LinkedHashMap<>();
    List<Target.Listed> shortestFirst =
        targets.stream()
            .distinct()
            .sorted(Comparator.comparingInt(target -> target.prefix().length()))
            .toList();
    for (Target.Listed target : shortestFirst) {
      scopes.values().stream()
          .filter(scope -> scope.holds(target))
          .findFirst()
          .orElseGet(() -> {
            Scope scope = new Scope(target.bucket(), target.prefix(), new ArrayList<>());
            scopes.put(target, scope);
            return scope;
          })
          .targets()
          .add(target);
    }
    return List.copyOf(scopes.values());
  }

  private boolean holds(Target.Listed target) {
    return bucket.equals(target.bucket()) && target.prefix().startsWith(prefix);
  }
}
