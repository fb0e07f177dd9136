package io.github.lotaprestage.records;

import io.github.lotaprestage.engine.Stager;
import io.github.lotaprestage.object.Attempt;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.object.SourceException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Skips objects that the journal contains, and records objects that get staged.
final class JournalStager implements Stager {

  private static final Logger log = LoggerFactory.getLogger(JournalStager.class);

  private final Journal journal;
  private final RunRecords.Lookup lookup;
  private final Stager stager;

  JournalStager(Journal journal, RunRecords.Lookup lookup, Stager stager) {
    this.journal = journal;
    this.lookup = lookup;
    this.stager = stager;
  }

  @Override
  public @Nullable Outcome withoutRequest(ObjectRef object) throws InterruptedException {
    ObjectRef known = withVersion(object);
    return journal.holds(known)
        ? new Outcome.Skipped(known, Outcome.Reason.JOURNAL, Outcome.Attempts.NONE)
        : stager.withoutRequest(known);
  }

  @Override
  public Outcome send(ObjectRef object, Attempt attempt)
      throws RequestFailedException, InterruptedException {
    Outcome outcome = stager.send(object, attempt);
    if (outcome instanceof Outcome.Prestaged done) {
      journal.add(done.object());
    }
    return outcome;
  }

  @Override
  public Failure explain(Failure error, ObjectRef object) throws InterruptedException {
    return stager.explain(error, object);
  }

  @Override
  public boolean isInstant() {
    return stager.isInstant();
  }

  private ObjectRef withVersion(ObjectRef object) throws InterruptedException {
    if (object.etag() != null || !journal.knows(object)) {
      return object;
    }
    try {
      return lookup.find(object);
    } catch (SourceException e) {
      log.info(
          "{}: staged again, because its version is unknown: {}", object.uri(), e.getMessage());
      return object;
    }
  }
}
