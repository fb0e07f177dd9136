package io.github.lotaprestage.resolve.checkpoint;

import io.github.lotaprestage.object.Chosen;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.Latest;
import io.github.lotaprestage.plan.target.Glob;
import io.github.lotaprestage.plan.target.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/// A bucket in memory, with what a search for checkpoints did to it.
final class Tree implements CheckpointStore {

  private static final String BUCKET = "b";
  private static final int PAGE = 1000;

  private record Stored(String text, Instant modified) {}

  private final NavigableMap<String, Stored> objects = new TreeMap<>();
  private final List<String> said = new ArrayList<>();
  private int lists;
  private int reads;

  /// Objects without a text.
  static Tree of(String... keys) {
    return new Tree().and(keys);
  }

  Tree and(String... keys) {
    for (String key : keys) {
      text(key, "");
    }
    return this;
  }

  Tree text(String key, String text) {
    return text(key, text, Instant.EPOCH);
  }

  Tree modified(String key, String time) {
    return text(key, "", Instant.parse(time));
  }

  private Tree text(String key, String text, Instant modified) {
    objects.put(key, new Stored(text, modified));
    return this;
  }

  /// All keys with their texts.
  void forEach(BiConsumer<String, String> object) {
    objects.forEach((key, stored) -> object.accept(key, stored.text()));
  }

  /// Whether a choice may depend on when objects were modified.
  boolean hasTimes() {
    return objects.values().stream().anyMatch(stored -> !stored.modified().equals(Instant.EPOCH));
  }

  /// What `--latest 1` chooses below `run/`.
  List<String> newest() {
    return newest(1, Latest.Layout.AUTO);
  }

  List<String> newest(int count, Latest.Layout layout) {
    return newest(new Latest(count, layout, Latest.By.AUTO, Optional.empty()));
  }

  List<String> newest(Latest latest) {
    return chosen(latest, Target.Listed.below(BUCKET, "run/")).stream().map(Chosen::child).toList();
  }

  /// Why it was chosen.
  String why() {
    return chosen(
            new Latest(1, Latest.Layout.AUTO, Latest.By.AUTO, Optional.empty()),
            Target.Listed.below(BUCKET, "run/"))
        .getFirst()
        .why();
  }

  List<Chosen> matching(String pattern) {
    return chosen(
        new Latest(1, Latest.Layout.AUTO, Latest.By.AUTO, Optional.empty()),
        new Target.Listed(
            BUCKET,
            pattern.substring(0, Glob.firstWildcard(pattern)),
            Optional.of(new Glob(pattern))));
  }

  List<Target> targets(String prefix, Latest latest) {
    return resolve(new LatestCheckpoints(latest, this, said::add, said::add), prefix);
  }

  private List<Chosen> chosen(Latest latest, Target.Listed target) {
    LatestCheckpoints checkpoints = new LatestCheckpoints(latest, this, said::add, said::add);
    try {
      checkpoints.resolve(target);
    } catch (SourceException | InterruptedException e) {
      throw new AssertionError(e);
    }
    return checkpoints.chosen();
  }

  private static List<Target> resolve(LatestCheckpoints checkpoints, String prefix) {
    try {
      return checkpoints.resolve(Target.Listed.below(BUCKET, prefix));
    } catch (SourceException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  List<String> said() {
    return said;
  }

  int lists() {
    return lists;
  }

  int reads() {
    return reads;
  }

  @Override
  public Directory children(String bucket, String prefix, Predicate<String> wanted) {
    Directory all = list(prefix, Integer.MAX_VALUE);
    lists += (all.directories().size() + all.objects().size()) / PAGE;
    NavigableMap<String, ObjectRef> kept = new TreeMap<>(all.objects());
    kept.keySet().removeIf(wanted.negate());
    return new Directory(all.path(), all.directories(), kept, true);
  }

  @Override
  public Directory peek(String bucket, String prefix) {
    return list(prefix, PAGE);
  }

  private Directory list(String prefix, int most) {
    lists++;
    String path = Directory.pathOf(prefix);
    NavigableSet<String> directories = new TreeSet<>();
    NavigableMap<String, ObjectRef> found = new TreeMap<>();
    for (String key : objects.tailMap(prefix).keySet()) {
      int slash = key.indexOf('/', prefix.length());
      boolean full = directories.size() + found.size() == most;
      boolean known = slash >= 0 && directories.contains(key.substring(path.length(), slash));
      if (!key.startsWith(prefix) || (full && !known)) {
        return new Directory(path, directories, found, !key.startsWith(prefix));
      }
      if (slash < 0 && key.length() > path.length()) {
        found.put(key.substring(path.length()), object(key));
      } else if (slash >= 0) {
        directories.add(key.substring(path.length(), slash));
      }
    }
    return new Directory(path, directories, found, true);
  }

  private ObjectRef object(String key) {
    Stored stored = Objects.requireNonNull(objects.get(key));
    return new ObjectRef(BUCKET, key, 1L, "e", stored.modified(), "STANDARD");
  }

  @Override
  public Optional<Instant> lastModified(String bucket, String prefix) {
    lists++;
    return objects.tailMap(prefix).keySet().stream()
        .takeWhile(key -> key.startsWith(prefix))
        .map(objects::get)
        .filter(Objects::nonNull)
        .map(Stored::modified)
        .max(Comparator.naturalOrder());
  }

  @Override
  public Optional<String> read(String bucket, String key) {
    reads++;
    return Optional.ofNullable(objects.get(key)).map(Stored::text);
  }
}
