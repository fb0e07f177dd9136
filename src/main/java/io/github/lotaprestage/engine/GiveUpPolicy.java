package io.github.lotaprestage.engine;

import io.github.lotaprestage.object.Failure;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Decides when a run is hopeless: every object fails in the same fatal way.
///
/// After 100 such objects (including those that wait for another attempt) and no success, no new
/// object is started. If all started objects end in the same way, the run gives up. The first
/// success, or a failure of another kind, ends the pause for the rest of the run.
final class GiveUpPolicy {

  private static final int PAUSE_AFTER = 100;

  private final Consumer<Boolean> pause;
  private volatile boolean hope;
  private int suspects;
  private boolean paused;
  private @Nullable Failure first;

  /// @param pause called with true to stop starting new objects, and with false to resume
  GiveUpPolicy(Consumer<Boolean> pause) {
    this.pause = pause;
  }

  /// Records that the last attempt for an object failed with a fatal error or, if `failed` is
  /// false, that its next attempt did not.
  void suspect(boolean failed) {
    if (!hope) {
      count(failed ? 1 : -1);
    }
  }

  /// Records an object that failed for good.
  ///
  /// @param counted whether it was already recorded as a suspect
  void failed(Failure error, boolean counted) {
    if (!hope) {
      judge(error, counted);
    }
  }

  /// Records a success.
  void worked() {
    if (!hope) {
      lift();
    }
  }

  /// The error for which the run has to give up once nothing is in flight and nothing waits; null
  /// if the run is not hopeless.
  synchronized @Nullable Failure hopeless() {
    return paused ? first : null;
  }

  private synchronized void judge(Failure error, boolean counted) {
    first = first == null ? error : first;
    if (!error.kind().fatal() || error.kind() != first.kind()) {
      lift();
    } else if (!counted) {
      count(1);
    }
  }

  private synchronized void count(int change) {
    suspects += change;
    set(!hope && suspects >= PAUSE_AFTER);
  }

  private synchronized void lift() {
    hope = true;
    set(false);
  }

  private void set(boolean value) {
    if (paused != value) {
      paused = value;
      pause.accept(value);
    }
  }
}
