package io.github.lotaprestage.plan.target;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds the targets whose prefix a key starts with, without comparing it with every target.
///
/// A prefix of a key sorts before the key, and everything between the two starts with that prefix
/// too. So the search begins at the greatest prefix that is not greater than the key, and follows
/// its own prefixes.
public final class TargetIndex {

  /// @param order the position of the target among all targets
  private record Ordered(int order, Target.Listed target) {}

  /// @param targets those with this prefix, in their order
  /// @param shorter the longest other prefix of `prefix`
  private record Node(String prefix, List<Ordered> targets, @Nullable Node shorter) {}

  private final TreeMap<String, Node> nodes = new TreeMap<>();

  /// @param targets of one bucket
  public TargetIndex(Collection<Target.Listed> targets) {
    TreeMap<String, List<Ordered>> sorted = new TreeMap<>();
    int order = 0;
    for (Target.Listed target : targets) {
      sorted
          .computeIfAbsent(target.prefix(), _ -> new ArrayList<>(1))
          .add(new Ordered(order++, target));
    }
    Node before = null;
    for (Map.Entry<String, List<Ordered>> entry : sorted.entrySet()) {
      Node node = new Node(entry.getKey(), entry.getValue(), longest(entry.getKey(), before));
      nodes.put(entry.getKey(), node);
      before = node;
    }
  }

  /// An index for each bucket.
  public static Map<String, TargetIndex> byBucket(Collection<Target.Listed> targets) {
    return targets.stream()
        .collect(
            Collectors.groupingBy(
                Target.Listed::bucket,
                Collectors.collectingAndThen(Collectors.toList(), TargetIndex::new)));
  }

  /// The first of the targets whose prefix `key` starts with and for which the condition is true;
  /// null if there is none.
  public Target.@Nullable Listed first(String key, Predicate<Target.Listed> condition) {
    Map.Entry<String, Node> floor = nodes.floorEntry(key);
    Node node = longest(key, floor == null ? null : floor.getValue());
    Ordered first = null;
    while (node != null) {
      for (Ordered each : node.targets()) {
        if (first != null && first.order() < each.order()) {
          break;
        }
        if (condition.test(each.target())) {
          first = each;
        }
      }
      node = node.shorter();
    }
    return first == null ? null : first.target();
  }

  private static @Nullable Node longest(String key, @Nullable Node from) {
    Node node = from;
    while (node != null && !key.startsWith(node.prefix())) {
      node = node.shorter();
    }
    return node;
  }
}
