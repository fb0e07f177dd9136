package io.github.lotaprestage.doctor;

import io.github.lotaprestage.plan.Plan;
import io.github.lotaprestage.plan.target.KeyList;
import io.github.lotaprestage.plan.target.Manifest;
import io.github.lotaprestage.plan.target.Target;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What a run would look at in the store, as far as the doctor does so, too: the TARGETs, manifests
/// that are objects, and the first names of key lists.
final class Subjects {

  /// More are not checked, because the time is limited.
  private static final int MAX_CHECKED = 8;

  private final Plan plan;
  private final Set<Target> all = new LinkedHashSet<>();

  Subjects(Plan plan) {
    this.plan = plan;
    all.addAll(plan.targets());
    plan.manifests().stream()
        .map(Manifest::object)
        .flatMap(Optional::stream)
        .forEach(manifest -> all.add(new Target.Key(manifest.bucket(), manifest.key())));
    bases().forEach(all::add);
  }

  /// Adds an object that a key list names. It replaces the base of that list.
  void add(Target.Key named, KeyList list) {
    if (!plan.targets().isEmpty() || list.base().isEmpty()) {
      all.add(named);
      return;
    }
    all.remove(list.base().get());
    all.add(named);
  }

  /// Where the names of lists and of local manifests belong.
  private Stream<Target.Listed> bases() {
    return Stream.concat(
            plan.keyLists().stream().map(KeyList::base),
            plan.manifests().stream()
                .filter(manifest -> manifest.object().isEmpty())
                .map(Manifest::base))
        .flatMap(Optional::stream);
  }

  /// Those that are checked.
  List<Target> checked() {
    return all.stream().limit(MAX_CHECKED).toList();
  }

  /// How many are not checked.
  int others() {
    return Math.max(0, all.size() - MAX_CHECKED);
  }

  List<String> buckets() {
    return checked().stream().map(Target::bucket).distinct().toList();
  }

  /// Whether a run sends a LIST for this target. Names are listed only if their metadata is needed.
  boolean needsList(Target target) {
    return plan.looksUpNames()
        || (target instanceof Target.Listed && plan.targets().contains(target));
  }
}
