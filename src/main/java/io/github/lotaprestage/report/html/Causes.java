package io.github.lotaprestage.report.html;

import io.github.lotaprestage.engine.FailureGroup;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.Outcome;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Failed objects by error code, with the names of the first ones, in bounded memory.
final class Causes {

  private static final int KEYS = 8;

  /// A store may make codes up.
  private static final int MAX_CODES = 100;

  private static final class Cause {
    private final Failure first;
    private final Set<String> keys = new LinkedHashSet<>();
    private long count;

    Cause(Failure first) {
      this.first = first;
    }
  }

  private final Map<String, Cause> causes = new LinkedHashMap<>();

  void add(Outcome.Failed failed) {
    String code = failed.error().code();
    Cause cause = causes.get(code);
    if (cause == null) {
      if (causes.size() == MAX_CODES) {
        return;
      }
      cause = new Cause(failed.error());
      causes.put(code, cause);
    }
    cause.count++;
    if (cause.keys.size() < KEYS) {
      cause.keys.add(failed.object().display());
    }
  }

  /// An object that failed before may be staged later, if the run watches.
  void staged(Outcome.Prestaged done) {
    if (!causes.isEmpty()) {
      String name = done.object().display();
      causes.values().forEach(cause -> cause.keys.remove(name));
    }
  }

  /// The most frequent first. Objects that were staged later count too.
  List<FailureGroup> groups() {
    return causes.values().stream()
        .map(cause -> new FailureGroup(cause.first, cause.count, List.copyOf(cause.keys)))
        .sorted(Comparator.comparingLong(FailureGroup::count).reversed())
        .toList();
  }

  /// The names that are known beside the examples of the group.
  List<String> names(FailureGroup group) {
    Cause cause = causes.get(group.code());
    return cause == null || cause.keys.isEmpty() ? group.examples() : List.copyOf(cause.keys);
  }
}
