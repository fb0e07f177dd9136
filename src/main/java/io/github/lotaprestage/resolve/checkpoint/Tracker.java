package io.github.lotaprestage.resolve.checkpoint;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.Latest;
import io.github.lotaprestage.plan.target.Target;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// An object whose text is the checkpoint that a restarted job loads.
///
/// @param file its name
/// @param text the name or the number of a checkpoint, without its path
/// @param candidates the checkpoints beside it
/// @param newest the one that it names; empty if that is not there
record Tracker(String file, String text, Candidates candidates, Optional<Candidate> newest) {

  /// Reads the trackers of the layouts in question, until one names a checkpoint that is there. If
  /// none does, the first one that was readable is the result.
  static Optional<Tracker> find(
      CheckpointStore store, String bucket, Directory directory, Latest.Layout meant)
      throws SourceException, InterruptedException {
    Tracker stale = null;
    Map<String, String> texts = new HashMap<>();
    for (Layout layout : Layout.meant(meant)) {
      for (Pattern pattern : layout.trackers()) {
        Optional<ObjectRef> object = matching(directory, pattern);
        if (object.isPresent()) {
          String file = Directory.nameOf(object.get().key());
          if (!texts.containsKey(file)) {
            texts.put(file, firstLine(store.read(bucket, object.get().key()).orElse("")));
          }
          Tracker tracker = of(file, texts.getOrDefault(file, ""), directory, layout, meant);
          if (tracker.newest.isPresent()) {
            return Optional.of(tracker);
          }
          stale = stale == null && !tracker.candidates.all().isEmpty() ? tracker : stale;
        }
      }
    }
    return Optional.ofNullable(stale);
  }

  /// The one with the lowest rank.
  private static Optional<ObjectRef> matching(Directory directory, Pattern pattern) {
    return directory.objects().keySet().stream()
        .filter(name -> pattern.matcher(name).matches())
        .min(Comparator.comparing(NumberedName::of))
        .map(directory.objects()::get)
        .filter(object -> object.summableSize() <= CheckpointStore.MAX_READ_BYTES);
  }

  private static Tracker of(
      String file, String path, Directory directory, Layout layout, Latest.Layout meant) {
    Candidates own = Candidates.recognise(directory, layout.id());
    Tracker last = of(file, Directory.nameOf(path), directory, own, meant);
    String parent = Directory.pathOf(path); // Composer may name an object in a directory
    return last.newest.isPresent() || parent.isEmpty() || layout.id() != Latest.Layout.COMPOSER
        ? last
        : of(file, Directory.nameOf(parent), directory, own, meant);
  }

  /// The names beside it need not be those of its layout: they may be of another one, or of none.
  private static Tracker of(
      String file, String text, Directory directory, Candidates own, Latest.Layout meant) {
    Optional<Candidate> newest =
        own.all().stream()
            .filter(each -> names(text, each))
            .findFirst()
            .or(() ->
                directory.directories().contains(text)
                    ? Optional.of(Candidate.directory(text))
                    : Optional.empty());
    Candidates beside =
        Stream.of(Candidates.recognise(directory, meant), own)
            .filter(candidates -> newest.filter(candidates.all()::contains).isPresent())
            .findFirst()
            .orElseGet(() -> newest.isPresent() ? Candidates.directories(directory) : own);
    return new Tracker(file, text, beside, newest);
  }

  /// A number stands for the directory with that number.
  private static boolean names(String text, Candidate candidate) {
    return candidate.name().equals(text)
        || candidate.objects().stream()
            .anyMatch(object -> Directory.nameOf(object.key()).equals(text))
        || (text.matches("[0-9]{1,18}")
            && candidate.isDirectory()
            && candidate.number().counts().equals(NumberedName.of(text).counts()));
  }

  private static String firstLine(String text) {
    String line = text.replace("\uFEFF", "").strip().lines().findFirst().orElse("").strip();
    return line.length() > Target.MAX_KEY_BYTES ? "" : line;
  }

  /// What is wrong with it, continuing a sentence that begins with its name; empty if nothing is.
  Optional<String> problem() {
    return newest.isPresent()
        ? Optional.empty()
        : Optional.of(text.isEmpty() ? "names nothing" : "names " + text + ", which is not there");
  }

  /// Whether a checkpoint is newer than the one that is named.
  boolean isBeyond(Candidate candidate) {
    NumberedName limit = newest.map(Candidate::number).orElseGet(() -> NumberedName.of(text));
    return (newest.isPresent() || limit.hasNumbers())
        && candidate.number().compareNumbers(limit) > 0;
  }
}
