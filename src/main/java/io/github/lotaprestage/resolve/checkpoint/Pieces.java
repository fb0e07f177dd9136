package io.github.lotaprestage.resolve.checkpoint;

import io.github.lotaprestage.object.ObjectRef;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Checkpoints in several pieces whose names show how many there are. The results continue a
/// sentence that begins with the name of the checkpoint.
final class Pieces {

  /// `model-00002-of-00004.safetensors`
  private static final Pattern PART =
      Pattern.compile("(?<before>.*-)[0-9]{5}(?<after>-of-(?<count>[0-9]{5})(\\..*)?)");

  /// `ep1-ba200-rank3.pt`
  private static final Pattern RANK = Pattern.compile(".*-rank(?<rank>[0-9]{1,9})[^/]*");

  private Pieces() {}

  /// A file of which not all parts are there.
  static Optional<String> missingPart(Collection<String> names) {
    Map<String, Integer> missing = new TreeMap<>();
    for (String name : names) {
      Matcher part = PART.matcher(name);
      if (part.matches()) {
        String whole = part.group("before") + "*" + part.group("after");
        int others = Integer.parseInt(part.group("count")) - 1;
        missing.merge(whole, others, (left, _) -> left - 1);
      }
    }
    return missing.entrySet().stream()
        .filter(whole -> whole.getValue() > 0)
        .findFirst()
        .map(whole -> "lacks %d of %s".formatted(whole.getValue(), whole.getKey()));
  }

  /// A step of which not all ranks have written their object. How many there should be is written
  /// nowhere: at least the highest that is there, and as many as in another step.
  static Optional<String> missingRank(Candidate candidate, List<Candidate> all) {
    int there = candidate.objects().size();
    List<Integer> others =
        all.stream()
            .filter(other -> !other.isDirectory() && !other.name().equals(candidate.name()))
            .map(other -> other.objects().size())
            .toList();
    int most = others.contains(there) ? there : others.stream().reduce(there, Math::max);
    int expected = candidate.objects().stream().map(Pieces::rank).reduce(most - 1, Math::max) + 1;
    return there < expected
        ? Optional.of("has %d of %d ranks".formatted(there, expected))
        : Optional.empty();
  }

  private static int rank(ObjectRef object) {
    Matcher rank = RANK.matcher(object.key());
    return rank.matches() ? Integer.parseInt(rank.group("rank")) : 0;
  }
}
