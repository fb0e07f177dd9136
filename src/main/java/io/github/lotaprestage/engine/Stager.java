package io.github.lotaprestage.engine;

import io.github.lotaprestage.object.Attempt;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.RequestFailedException;
import org.jspecify.annotations.Nullable;

/// Stages objects, one request per call. [Prestager] decides when a request is sent and whether it
/// is retried. Safe for use by many threads.
public interface Stager {

  /// Returns the outcome of an object that needs no request, or null if it needs one. Called once
  /// per object, before its first request.
  default @Nullable Outcome withoutRequest(ObjectRef object) throws InterruptedException {
    return null;
  }

  /// Sends one request and returns the object's outcome.
  ///
  /// @param attempt the requests for the object so far, including this one
  /// @throws RequestFailedException if the request failed; it may be sent again
  Outcome send(ObjectRef object, Attempt attempt)
      throws RequestFailedException, InterruptedException;

  /// Makes a final error more precise.
  default Failure explain(Failure error, ObjectRef object) throws InterruptedException {
    return error;
  }

  /// Whether no object needs a request. Then objects are handled one after another, and outcomes
  /// come in the order of the source.
  default boolean isInstant() {
    return false;
  }
}
