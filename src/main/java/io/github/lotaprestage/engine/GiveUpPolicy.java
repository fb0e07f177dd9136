package io.github.lotaprestage.engine;

import io.github.lotaprestage.object.Failure;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Decides when a run cannot work: every object fails in the same fatal way.
///
/// With 100 such objects, those that still wait for another attempt included, and no success, no
/// new object is started. If those that were started end in the same way, the run gives up. The
/// first success, or a failure of another kind, ends the pause for good.
final class GiveUpPolicy {

  private static final int PAUSE_AFTER = 100;

  private final Consumer<Boolean> pause;
  private volatile boolean hope;
  private int suspects;
  private boolean paused;
  private @Nullable Failure first;

  /// @param pause is called with true when no new object may be started, and with false when they
  ///   may again
  GiveUpPolicy(Consumer<Boolean> pause) {
    this.pause = pause;
  }

  /// Notes that an object's last attempt failed with a fatal error, or, with `failed` false, that
  /// its next attempt did not.
  void suspect(boolean failed) {
    if (!hope) {
      count(failed ? 1 : -1);
    }
  }

  /// Notes an object that failed for good.
  ///
  /// @param counted whether it is one of the suspects already
  void failed(Failure error, boolean counted) {
    if (!hope) {
      judge(error, counted);
    }
  }

  /// Notes that something worked.
  void worked() {
    if (!hope) {
      lift();
    }
  }

  /// The error for which the run has to give up once nothing is in flight and nothing waits; null
  /// while there is hope.
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
