package io.github.lotaprestage.resolve.checkpoint;

import io.github.lotaprestage.object.ObjectRef;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/// What may be a checkpoint: a directory, an object, or the objects of all ranks of one step.
///
/// @param number by what it is ordered
/// @param objects those of the checkpoint; empty if it is a directory
record Candidate(NumberedName number, List<ObjectRef> objects) {

  /// The names that Lightning and NeMo load before all others.
  private static final Pattern LAST = Pattern.compile("last.*\\.ckpt|.*-last(\\.ckpt)?");

  private static final Pattern END = Pattern.compile(".*-end(\\.ckpt)?");
  private static final Pattern REQUEUED = Pattern.compile("hpc_ckpt_[0-9]+\\.ckpt");

  static Candidate directory(String name) {
    return new Candidate(NumberedName.of(name), List.of());
  }

  static Candidate objects(String name, List<ObjectRef> objects) {
    return new Candidate(NumberedName.of(name), List.copyOf(objects));
  }

  String name() {
    return number.name();
  }

  boolean isDirectory() {
    return objects.isEmpty();
  }

  /// When the newest of its objects was modified; the beginning of time if that is not known.
  Instant modified() {
    return objects.stream()
        .map(ObjectRef::lastModified)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }

  /// The oldest first, by the rule of the first of the layouts.
  static Comparator<Candidate> order(List<Layout> layouts) {
    Comparator<Candidate> byNumber = Comparator.comparing(Candidate::number);
    return layouts.stream().anyMatch(Layout::lastIsNewest)
        ? Comparator.comparingInt(Candidate::precedence)
            .thenComparing(each -> each.precedence() == 2 ? each.modified() : Instant.MIN)
            .thenComparing(byNumber)
        : byNumber;
  }

  private int precedence() {
    if (END.matcher(name()).matches()) {
      return 3;
    }
    if (LAST.matcher(name()).matches()) {
      return 2;
    }
    return REQUEUED.matcher(name()).matches() ? 1 : 0;
  }
}
