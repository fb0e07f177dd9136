package io.github.lotaprestage.engine;

import io.github.lotaprestage.engine.pace.AdmissionControl;
import io.github.lotaprestage.engine.pace.AdmissionControl.Answer;
import io.github.lotaprestage.engine.pace.Backoff;
import io.github.lotaprestage.engine.pace.InFlight;
import io.github.lotaprestage.engine.pace.Slot;
import io.github.lotaprestage.object.Attempt;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.RequestFailedException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes one object from its first request to its outcome, see [Prestager].
final class StagingTask {

  private static final Logger log = LoggerFactory.getLogger(StagingTask.class);

  /// The objects that all tasks of a run share.
  record Shared(
      Stager stager,
      AdmissionControl admission,
      Backoff backoff,
      GiveUpPolicy policy,
      RunState state,
      InFlight inFlight) {}

  private final Shared run;
  private final ObjectRef object;
  private final Slot slot;
  private final Backoff.Attempts attempts = new Backoff.Attempts();
  private long firstSent;
  private boolean suspect;
  private Answer answer = Answer.NONE;

  /// @param slot is admitted
  StagingTask(Shared run, ObjectRef object, Slot slot) {
    this.run = run;
    this.object = object;
    this.slot = slot;
  }

  /// Returns the outcome of the object. The caller gives its slot back.
  ///
  /// @throws InterruptedException if the run is abandoned
  Outcome stage() throws InterruptedException {
    Outcome known = withoutRequest();
    while (known == null) {
      known = attempt();
    }
    return known;
  }

  /// What the last answer says about the limits of the store.
  Answer answer() {
    return answer;
  }

  private @Nullable Outcome withoutRequest() throws InterruptedException {
    if (!enter()) {
      return unsent();
    }
    try {
      return run.stager().withoutRequest(object);
    } catch (InterruptedException e) {
      return stoppedBy(e);
    } finally {
      slot.exit();
    }
  }

  /// Waits for permission and sends one request. Returns null if another attempt follows.
  private @Nullable Outcome attempt() throws InterruptedException {
    if (!run.admission().permit(slot) || !enter()) {
      return unsent();
    }
    Duration backoff;
    long now = System.nanoTime();
    attempts.sending(now);
    firstSent = attempts.sent() == 1 ? now : firstSent;
    run.inFlight().add(this, object, firstSent);
    try {
      Outcome outcome =
          run.stager().send(object, new Attempt(attempts.sent(), attempts.throttled(), firstSent));
      if (log.isDebugEnabled()) {
        log.debug(
            "HEAD {}: {} ms, attempt {}", object.uri(), duration().toMillis(), attempts.sent());
      }
      answered(outcome);
      return outcome;
    } catch (RequestFailedException e) {
      backoff = backoff(e.error());
      if (backoff == null) {
        return failed(explained(e.error()));
      }
    } catch (InterruptedException e) {
      answer = Answer.NONE;
      return stoppedBy(e);
    } finally {
      run.inFlight().remove(this);
      slot.exit();
    }
    return mayGoOn(backoff) ? null : unsent();
  }

  private boolean enter() {
    return run.state().isRunning() && slot.enter();
  }

  private boolean mayGoOn(Duration backoff) throws InterruptedException {
    if (!run.state().isRunning()) {
      return false;
    }
    run.admission().suspend(slot, answer);
    answer = Answer.NONE;
    return run.state().pause(TimeUnit.NANOSECONDS.convert(backoff));
  }

  private void answered(Outcome outcome) {
    answer = Answer.ACCEPTED;
    run.backoff().succeeded(System.nanoTime());
    if (outcome instanceof Outcome.Failed failed) {
      run.policy().failed(failed.error(), suspect);
    } else {
      if (object.size() == null && outcome.object().size() != null) {
        run.admission().charge(outcome.object().size());
      }
      run.policy().worked();
    }
  }

  private @Nullable Duration backoff(Failure error) {
    answer = error.kind() == Failure.Kind.THROTTLED ? Answer.THROTTLED : Answer.ACCEPTED;
    if (suspect != error.kind().fatal()) {
      suspect = error.kind().fatal();
      run.policy().suspect(suspect);
    }
    return run.backoff().failed(attempts, error, System.nanoTime(), () -> "HEAD " + object.uri());
  }

  private Failure explained(Failure error) {
    try {
      return run.stager().explain(error, object);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return error;
    }
  }

  private Outcome failed(Failure error) {
    run.policy().failed(error, suspect);
    return new Outcome.Failed(object, error, attempts.counts(), duration());
  }

  private Duration duration() {
    return Duration.ofNanos(System.nanoTime() - firstSent);
  }

  /// A request in flight is interrupted when the grace period ends and when the run gives up.
  private Outcome stoppedBy(InterruptedException interrupt) throws InterruptedException {
    if (run.state().isRunning() || run.state().phase() == RunState.Phase.ABANDONED) {
      throw interrupt;
    }
    Failure why = run.state().gaveUp();
    return why == null || attempts.sent() == 0
        ? unsent()
        : new Outcome.Failed(object, why, attempts.counts(), duration());
  }

  /// The outcome of an object for which nothing more is sent, since the run was stopped.
  Outcome unsent() {
    return new Outcome.Skipped(
        object,
        Objects.requireNonNull(run.state().reason(), "only a stopped run leaves objects unsent"),
        attempts.counts());
  }
}
