package io.github.lotaprestage.source.listing;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.plan.target.KeyOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The rest of a range, as far as it is in one directory.
///
/// @param directory the directory, with its slash
/// @param latest the latest objects of the range
/// @param until the last key of the range; null for the end of the scope
/// @param following the objects after the range, as far as they are known
record RestOfDirectory(
    String directory, List<ObjectRef> latest, @Nullable String until, List<ObjectRef> following) {

  private static final int SAMPLE = 24;

  /// Reads the keys as numbers.
  ///
  /// @param landmarks keys from other parts of the scope
  /// @param known how many pages of the scope are known
  /// @param first whether the scope was not cut yet
  /// @return null if the keys say nothing about what follows
  @Nullable Outlook outlook(Collection<String> landmarks, double known, boolean first) {
    boolean closed = until != null && until.startsWith(directory);
    boolean followed =
        closed && !following.isEmpty() && following.getFirst().key().startsWith(directory);
    List<String> sample = sample(landmarks, closed, followed);
    KeyScale scale =
        new KeyScale(
            sample,
            followed
                ? sample.stream().reduce(KeyOrder::sharedPrefix).orElse(directory)
                : directory);
    long from = scale.number(latest.getLast().key());
    double distance = (closed ? scale.number(Objects.requireNonNull(until)) : scale.size()) - from;
    double step = scale.step(latest);
    if (step <= 0 || distance <= 0) {
      return null;
    }
    boolean exact = Math.abs(step / latest.size() - 1) < 1e-9;
    if (followed) {
      double far = scale.step(following);
      double mean = far > 0 ? Math.sqrt(step * far) : step;
      return new Outlook.Closed(scale, from, distance / mean, mean, exact);
    }
    if (!closed && !exact && scale.isHexadecimal()) { // hashes are spread evenly
      return new Outlook.Closed(scale, from, distance / step, step, false);
    }
    double before = Math.max(1, Math.min(from / step, known));
    return new Outlook.Open(scale, from, distance / step, step, exact, before, first);
  }

  private List<String> sample(Collection<String> landmarks, boolean closed, boolean followed) {
    List<String> sample = new ArrayList<>();
    int distance = Math.max(1, latest.size() / SAMPLE);
    for (int i = latest.size() - 1; i >= 0; i -= distance) {
      sample.add(latest.get(i).key());
    }
    sample.addAll(landmarks);
    if (closed) {
      sample.add(Objects.requireNonNull(until));
    }
    if (followed) {
      String first = latest.getFirst().key();
      String end = following.getLast().key();
      sample.removeIf(key ->
          KeyOrder.BY_BYTES.compare(key, first) < 0 || KeyOrder.BY_BYTES.compare(key, end) > 0);
      sample.add(following.getFirst().key());
      sample.add(end);
    }
    sample.removeIf(key -> !key.startsWith(directory));
    return sample;
  }
}
