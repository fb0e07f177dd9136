package io.github.lotaprestage.journal;

import io.github.lotaprestage.engine.Attempt;
import io.github.lotaprestage.engine.ObjectRef;
import io.github.lotaprestage.engine.Outcome;
import io.github.lotaprestage.engine.Probe;
import io.github.lotaprestage.engine.RequestError;
import io.github.lotaprestage.engine.RequestFailedException;
import io.github.lotaprestage.engine.SourceException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Skips what the journal holds, and notes what gets staged.
public final class JournalProbe implements Probe {

  private static final Logger log = LoggerFactory.getLogger(JournalProbe.class);

  /// Finds out the ETag of an object that was named and not listed.
  public interface Lookup {
    /// @return the object as listed, or as it came where the listing does not hold it
    ObjectRef find(ObjectRef named) throws SourceException, InterruptedException;
  }

  private final Journal journal;
  private final Lookup lookup;
  private final Probe probe;

  public JournalProbe(Journal journal, Lookup lookup, Probe probe) {
    this.journal = journal;
    this.lookup = lookup;
    this.probe = probe;
  }

  @Override
  public @Nullable Outcome withoutRequest(ObjectRef object) throws InterruptedException {
    ObjectRef known = withVersion(object);
    return journal.holds(known)
        ? new Outcome.Skipped(known, Outcome.Reason.JOURNAL, Outcome.Attempts.NONE)
        : probe.withoutRequest(known);
  }

  @Override
  public Outcome send(ObjectRef object, Attempt attempt)
      throws RequestFailedException, InterruptedException {
    Outcome outcome = probe.send(object, attempt);
    if (outcome instanceof Outcome.Prestaged done) {
      journal.add(done.object());
    }
    return outcome;
  }

  @Override
  public RequestError explain(RequestError error, ObjectRef object) throws InterruptedException {
    return probe.explain(error, object);
  }

  @Override
  public boolean isInstant() {
    return probe.isInstant();
  }

  private ObjectRef withVersion(ObjectRef object) throws InterruptedException {
    if (object.etag() != null || !journal.knows(object)) {
      return object;
    }
    try {
      return lookup.find(object);
    } catch (SourceException e) {
      log.info("{}: sent again, for its version is unknown: {}", object.uri(), e.getMessage());
      return object;
    }
  }
}
