package io.github.lotaprestage.resolve;

import io.github.lotaprestage.plan.target.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The keys that targets name, one by one and in their order. A key that is named more than once
/// comes only the first time.
///
/// Expressions in braces are expanded one key at a time, so memory does not grow with their
/// results.
public final class NamedTargets {

  private final List<Target.Named> targets;

  /// The position of each target that is a single key.
  private final Map<Target.Key, Integer> single = new HashMap<>();

  /// The positions of all other targets.
  private final List<Integer> several = new ArrayList<>();

  private int position;
  private long index;

  /// A key, and the target that names it.
  public record Name(Target.Key key, Target.Named target) {}

  public NamedTargets(List<Target.Named> targets) {
    this.targets = targets;
    for (int i = 0; i < targets.size(); i++) {
      if (targets.get(i) instanceof Target.Key key) {
        single.putIfAbsent(key, i);
      } else {
        several.add(i);
      }
    }
  }

  /// These targets and more, of which only the keys of the latter are still to come.
  public NamedTargets followedBy(List<Target.Named> more) {
    List<Target.Named> all = new ArrayList<>(targets);
    all.addAll(more);
    NamedTargets both = new NamedTargets(all);
    both.position = targets.size();
    return both;
  }

  public boolean isEmpty() {
    return targets.isEmpty();
  }

  /// The next key, or null at the end.
  public @Nullable Name next() {
    while (position < targets.size()) {
      Target.Named target = targets.get(position);
      Target.Key key = target.get(index);
      boolean isNew = target.indexOf(key.key()) == index && !isNamedBefore(position, key);
      index++;
      if (index == target.count()) {
        position++;
        index = 0;
      }
      if (isNew) {
        return new Name(key, target);
      }
    }
    return null;
  }

  /// Whether one of the targets names this key, also if [#next] has not come to it. Any thread may
  /// ask.
  public boolean contains(String bucket, String key) {
    return isNamedBefore(targets.size(), new Target.Key(bucket, key));
  }

  private boolean isNamedBefore(int end, Target.Key key) {
    Integer alone = single.get(key);
    if (alone != null && alone < end) {
      return true;
    }
    for (int each : several) {
      if (each >= end) {
        return false;
      }
      Target.Named target = targets.get(each);
      if (target.bucket().equals(key.bucket()) && target.indexOf(key.key()) >= 0) {
        return true;
      }
    }
    return false;
  }
}
