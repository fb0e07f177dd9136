package io.github.lotaprestage.report.live;

import io.github.lotaprestage.engine.pace.Pending;
import java.util.Optional;
import java.util.OptionalLong;

/// What only the display asks about a run. Safe for use by any thread.
public interface Standing {

  /// The bytes of all selected objects; empty as long as an object or a size is unknown.
  OptionalLong totalBytes();

  /// The object whose request has been in flight longest.
  Optional<Pending> slowest();

  /// Whether nothing more is sent.
  boolean stopping();
}
