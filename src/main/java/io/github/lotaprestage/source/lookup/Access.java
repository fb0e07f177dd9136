package io.github.lotaprestage.source.lookup;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.SourceException;
import org.jspecify.annotations.Nullable;

/// Whether a bucket can be listed.
///
/// A LIST that failed was retried before, so one failure is enough. One that was denied says
/// little: a policy may allow only some prefixes. But if many are denied and none succeeds, the
/// bucket is closed. Thread-safe.
final class Access {

  /// As many as make a run give up.
  private static final int MANY_DENIED = 100;

  private @Nullable SourceException broken;
  private boolean open;
  private int denied;

  /// @throws SourceException if the bucket cannot be listed
  synchronized void require() throws SourceException {
    if (broken != null) {
      throw broken;
    }
  }

  synchronized void succeeded() {
    open = true;
  }

  /// @return whether the bucket cannot be listed any more
  synchronized boolean failed(SourceException problem) {
    boolean onlyThis =
        problem.error().kind() == Failure.Kind.DENIED && (open || ++denied < MANY_DENIED);
    if (!onlyThis && broken == null) {
      broken = problem;
    }
    return broken != null;
  }
}
