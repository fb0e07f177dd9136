package io.github.lotaprestage.resolve.checkpoint;

import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.Latest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Finds the checkpoints of one directory, the tracker that names the newest one, and the newest
/// complete ones among them. If nothing in the directory looks like a checkpoint, its directory
/// `checkpoints` or `checkpoint` is searched instead.
final class CheckpointFinder {

  /// A checkpoint that was chosen.
  ///
  /// @param path of the directory that it is in
  /// @param proven whether it is known that nothing is missing
  record Pick(String path, Candidate candidate, String why, boolean proven) {}

  /// @param picks the newest first
  /// @param passed what was passed over and why
  /// @param candidates how many names look like checkpoints
  /// @param examined how many of them were looked at, the newest first
  /// @param directories the names of all directories there
  record Choice(
      List<Pick> picks,
      List<String> passed,
      int candidates,
      int examined,
      Collection<String> directories) {}

  private final Latest latest;
  private final CheckpointStore store;

  CheckpointFinder(Latest latest, CheckpointStore store) {
    this.latest = latest;
    this.store = store;
  }

  /// @param prefix what the names of all keys start with; it need not end with a slash
  Choice find(String bucket, String prefix) throws SourceException, InterruptedException {
    return find(bucket, prefix, true);
  }

  private Choice find(String bucket, String prefix, boolean descend)
      throws SourceException, InterruptedException {
    Directory directory = store.children(bucket, prefix, Candidates::matter);
    Optional<Tracker> tracker =
        latest.by() == Latest.By.AUTO
            ? Tracker.find(store, bucket, directory, latest.layout())
            : Optional.empty();
    Candidates candidates =
        tracker
            .map(Tracker::candidates)
            .orElseGet(() -> Candidates.recognise(directory, latest.layout()));
    if (candidates.all().isEmpty() && descend) {
      for (String nested : List.of("checkpoints", "checkpoint")) {
        if (directory.directories().contains(nested)) {
          return find(bucket, directory.path() + nested + "/", false);
        }
      }
    }
    if (candidates.all().isEmpty() && latest.layout() == Latest.Layout.AUTO) {
      candidates = unknown(directory);
    }
    return new Search(latest, store, bucket, directory, candidates, tracker).run();
  }

  /// A layout of no framework.
  private Candidates unknown(Directory directory) {
    Candidates numbered = Candidates.numbered(directory);
    return numbered.all().isEmpty() && latest.by() == Latest.By.MODIFIED
        ? Candidates.directories(directory)
        : numbered;
  }
}
