package io.github.lotaprestage.resolve.checkpoint;

import io.github.lotaprestage.object.SourceException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/// How checkpoints are looked at: by LISTs, and by GETs of small objects.
public interface CheckpointStore {

  /// The largest object that is read.
  int MAX_READ_BYTES = 1 << 20;

  /// All that is directly below a prefix: one LIST with a delimiter for each 1,000 names.
  ///
  /// @param wanted which objects to keep, by their names
  Directory children(String bucket, String prefix, Predicate<String> wanted)
      throws SourceException, InterruptedException;

  /// The first 1,000 names directly below a prefix: one LIST.
  Directory peek(String bucket, String prefix) throws SourceException, InterruptedException;

  /// When the newest object below a prefix was modified: one LIST for each 1,000 objects.
  Optional<Instant> lastModified(String bucket, String prefix)
      throws SourceException, InterruptedException;

  /// The text of an object; empty if there is no such object.
  ///
  /// @throws SourceException also if it is larger than [#MAX_READ_BYTES]
  Optional<String> read(String bucket, String key) throws SourceException, InterruptedException;
}
