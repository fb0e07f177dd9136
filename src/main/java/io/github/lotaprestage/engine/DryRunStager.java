package io.github.lotaprestage.engine;

import io.github.lotaprestage.object.Attempt;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.Outcome;
import java.time.Duration;

/// Plans objects instead of staging them. It sends nothing: in a dry run every object that exists
/// comes from a listing, and one of which only the name is known is not in the listing. A store may
/// leave out the size of an object that it lists.
public final class DryRunStager implements Stager {

  @Override
  public Outcome withoutRequest(ObjectRef object) {
    if (object.isOnlyNamed()) {
      return new Outcome.Failed(
          object,
          Failure.local(Failure.Kind.NO_SUCH_KEY, "NoSuchKey", "no such key"),
          Outcome.Attempts.NONE,
          Duration.ZERO);
    }
    return object.isEmpty()
        ? new Outcome.Skipped(object, Outcome.Reason.EMPTY, Outcome.Attempts.NONE)
        : new Outcome.Planned(object);
  }

  @Override
  public Outcome send(ObjectRef object, Attempt attempt) {
    throw new IllegalStateException("a dry run sends no HEAD");
  }

  @Override
  public boolean isInstant() {
    return true;
  }
}
