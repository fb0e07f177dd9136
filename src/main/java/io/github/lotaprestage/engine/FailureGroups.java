package io.github.lotaprestage.engine;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Failed objects, grouped by error code, in memory that does not grow with their number. Not
/// thread-safe.
public final class FailureGroups {

  private static final int EXAMPLES = 8;

  /// A store may make codes up.
  private static final int MAX_CODES = 100;

  private static final String REST = "OtherErrors";

  private static final class Group {
    private final Failure first;
    private final List<String> examples = new ArrayList<>(EXAMPLES);
    private long count;

    Group(Failure first) {
      this.first = first;
    }
  }

  private final Map<String, Group> groups = new LinkedHashMap<>();

  public void add(Outcome.Failed failed) {
    Failure error = failed.error();
    Group group = groups.get(error.code());
    if (group == null) {
      group =
          groups.size() < MAX_CODES
              ? groups.computeIfAbsent(error.code(), _ -> new Group(error))
              : groups.computeIfAbsent(REST, _ -> new Group(rest(error)));
    }
    group.count++;
    if (group.examples.size() < EXAMPLES) {
      group.examples.add(failed.object().display());
    }
  }

  /// Takes back one failure that was added.
  void remove(Outcome.Failed failed) {
    String code = groups.containsKey(failed.error().code()) ? failed.error().code() : REST;
    Group group = groups.get(code);
    if (group != null) {
      group.count--;
      group.examples.remove(failed.object().display());
      if (group.count == 0) {
        groups.remove(code);
      }
    }
  }

  private static Failure rest(Failure error) {
    return Failure.local(error.kind(), REST, "more than " + MAX_CODES + " different errors");
  }

  /// The most frequent first.
  public List<FailureGroup> sorted() {
    return groups.values().stream()
        .map(group -> new FailureGroup(group.first, group.count, List.copyOf(group.examples)))
        .sorted((one, other) -> Long.compare(other.count(), one.count()))
        .toList();
  }
}
