package io.github.lotaprestage.source.listing;

import io.github.lotaprestage.plan.target.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Finds the targets whose prefix a key starts with, without comparing it with every target.
///
/// A prefix of a key sorts before the key, and everything between the two starts with that prefix
/// too. So the search begins at the greatest prefix that is not greater than the key, and follows
/// its own prefixes.
public final class TargetIndex {

  /// @param shorter the longest other prefix of `prefix`
  private record Node(String prefix, List<Target.Listed> targets, @Nullable Node shorter) {}

  private final TreeMap<String, Node> nodes = new TreeMap<>();

  /// @param targets of one bucket
  TargetIndex(Collection<Target.Listed> targets) {
    TreeMap<String, List<Target.Listed>> sorted = new TreeMap<>();
    for (Target.Listed target : targets) {
      sorted.computeIfAbsent(target.prefix(), _ -> new ArrayList<>(1)).add(target);
    }
    Node before = null;
    for (Map.Entry<String, List<Target.Listed>> entry : sorted.entrySet()) {
      Node node = new Node(entry.getKey(), entry.getValue(), longest(entry.getKey(), before));
      nodes.put(entry.getKey(), node);
      before = node;
    }
  }

  /// Whether the condition is true for a target whose prefix `key` starts with.
  public boolean anyMatch(String key, Predicate<Target.Listed> condition) {
    Map.Entry<String, Node> floor = nodes.floorEntry(key);
    Node node = longest(key, floor == null ? null : floor.getValue());
    while (node != null) {
      for (Target.Listed target : node.targets()) {
        if (condition.test(target)) {
          return true;
        }
      }
      node = node.shorter();
    }
    return false;
  }

  private static @Nullable Node longest(String key, @Nullable Node from) {
    Node node = from;
    while (node != null && !key.startsWith(node.prefix())) {
      node = node.shorter();
    }
    return node;
  }
}
