package io.github.lotaprestage.records.bounds;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.plan.RunFiles.Bounds;
import io.github.lotaprestage.plan.ShardBounds;
import java.io.IOException;
import java.util.List;

/// Writes the bounds of shards at the end of a dry run. Safe for use by several threads.
public final class BoundsWriter {

  private final Bounds wanted;
  private final List<String> targets;
  private final KeySketch sketch;

  /// @param targets what is planned, as it is called in the summary
  public BoundsWriter(Bounds wanted, List<String> targets) {
    this.wanted = wanted;
    this.targets = targets;
    this.sketch = new KeySketch(wanted.shards());
  }

  /// Takes the key and the bytes of a planned object. An object that will not be sent, or whose
  /// size is unknown, has the weight of one byte.
  public synchronized void add(Outcome outcome) {
    ObjectRef object = outcome.object();
    if (object.bucket().isEmpty()) {
      return; // a line that names no object
    }
    Long size = outcome instanceof Outcome.Planned ? object.size() : null;
    sketch.add(object.bucket(), object.key(), size == null ? 1 : Math.max(1, size));
  }

  /// Writes the file, unless there was no object.
  ///
  /// @return whether it was written
  public synchronized boolean finish() throws IOException {
    if (sketch.isEmpty()) {
      return false;
    }
    BoundsFile.write(wanted.file(), new ShardBounds(targets, sketch.cuts()));
    return true;
  }
}
