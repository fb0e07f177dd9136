package io.github.lotaprestage.resolve.checkpoint;

import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.Latest;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds out which checkpoints of one directory are complete. Each is looked at once.
final class Completeness {

  /// What the contents of a checkpoint show.
  sealed interface Finding {
    /// @param layout the layout whose marker was found; empty if it needs none
    /// @param proven whether a marker was found, or what was required; without either, more may
    ///   follow
    record Complete(Optional<Layout> layout, boolean proven) implements Finding {}

    /// @param why continues a sentence that begins with its name
    record Incomplete(String why) implements Finding {}

    /// It has none of the markers of its layouts, which matters only if others have one.
    ///
    /// @param missing what each of the layouts misses
    record Unmarked(Map<Latest.Layout, String> missing) implements Finding {}
  }

  private final CheckpointStore store;
  private final String bucket;
  private final Directory directory;
  private final Candidates candidates;
  private final Optional<String> required;
  private final boolean strict;
  private final Map<String, Finding> known = new HashMap<>();

  /// @param required what a checkpoint must contain, whatever its layout
  /// @param meant the layout that was asked for
  Completeness(
      CheckpointStore store,
      String bucket,
      Directory directory,
      Candidates candidates,
      Optional<String> required,
      Latest.Layout meant) {
    this.store = store;
    this.bucket = bucket;
    this.directory = directory;
    this.candidates = candidates;
    this.required = required;
    this.strict =
        meant != Latest.Layout.AUTO && candidates.layouts().stream().allMatch(Layout::strict);
  }

  Finding of(Candidate candidate) throws SourceException, InterruptedException {
    Finding finding = known.get(candidate.name());
    if (finding == null) {
      finding = look(candidate);
      known.put(candidate.name(), finding);
    }
    return finding;
  }

  private Finding look(Candidate candidate) throws SourceException, InterruptedException {
    if (directory.has(candidate.name().replaceFirst("(-EMA)?\\.ckpt$", "") + "-unfinished")) {
      return new Finding.Incomplete("is marked as unfinished");
    }
    if (!candidate.isDirectory()) {
      return required.isPresent()
          ? new Finding.Incomplete("is an object, so it contains no " + required.get())
          : Pieces.missingRank(candidate, candidates.all())
              .<Finding>map(Finding.Incomplete::new)
              .orElse(new Finding.Complete(Optional.empty(), false));
    }
    String path = directory.path() + candidate.name() + "/";
    if (required.isPresent()) {
      return contains(path, required.get())
          ? new Finding.Complete(Optional.empty(), true)
          : new Finding.Incomplete("has no " + required.get());
    }
    return contents(store.peek(bucket, path));
  }

  private Finding contents(Directory contents) throws SourceException, InterruptedException {
    if (contents.whole() && contents.directories().isEmpty() && contents.objects().isEmpty()) {
      return new Finding.Incomplete("is empty");
    }
    Optional<String> broken = broken(contents);
    if (broken.isPresent()) {
      return new Finding.Incomplete(broken.get());
    }
    Map<Latest.Layout, String> missing = new EnumMap<>(Latest.Layout.class);
    for (Layout layout : candidates.layouts()) {
      for (List<String> marker : layout.markers()) {
        Optional<String> absent = firstAbsent(contents, marker);
        if (absent.isEmpty()) {
          return new Finding.Complete(Optional.of(layout), true);
        }
        missing.putIfAbsent(layout.id(), absent.get());
      }
    }
    if (missing.isEmpty()) {
      return new Finding.Complete(Optional.empty(), false);
    }
    return strict
        ? new Finding.Incomplete("has no " + missing.values().iterator().next())
        : new Finding.Unmarked(missing);
  }

  private Optional<String> firstAbsent(Directory contents, List<String> paths)
      throws SourceException, InterruptedException {
    for (String path : paths) {
      int slash = path.indexOf('/');
      boolean seen = contents.has(slash < 0 ? path : path.substring(0, slash));
      boolean mustAsk = seen ? slash > 0 : !contents.whole();
      boolean there = mustAsk ? contains(contents.path(), path) : seen;
      if (!there) {
        return Optional.of(path);
      }
    }
    return Optional.empty();
  }

  private boolean contains(String path, String child) throws SourceException, InterruptedException {
    return store.peek(bucket, path + Directory.withoutSlash(child)).has(Directory.nameOf(child));
  }

  /// What no loader could read, whatever wrote it.
  private static Optional<String> broken(Directory contents) {
    Set<String> names = contents.objects().keySet();
    if (!names.contains(".metadata") && names.stream().anyMatch(name -> name.endsWith(".distcp"))) {
      return Optional.of("has no .metadata");
    }
    return contents.whole() ? Pieces.missingPart(names) : Optional.empty();
  }
}
