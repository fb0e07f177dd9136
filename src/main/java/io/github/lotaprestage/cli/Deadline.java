package io.github.lotaprestage.cli;

import io.github.lotaprestage.engine.Outcome;
import io.github.lotaprestage.engine.Prestager;
import io.github.lotaprestage.plan.Limits;
import java.time.Duration;

/// Stops a run when its time is over.
final class Deadline implements AutoCloseable {

  private final Thread timer;

  private Deadline(Runnable wait) {
    this.timer = Thread.ofVirtual().name("deadline").start(wait);
  }

  /// Counts from now, if there is a limit.
  static Deadline start(Limits limits, Prestager prestager) {
    return new Deadline(
        () -> limits.maxDuration().ifPresent(limit -> stopAfter(limit, limits.grace(), prestager)));
  }

  private static void stopAfter(Duration limit, Duration grace, Prestager prestager) {
    try {
      Thread.sleep(limit);
    } catch (InterruptedException e) {
      return; // the run was faster
    }
    prestager.stop(Outcome.Reason.DEADLINE, grace);
  }

  @Override
  public void close() {
    timer.interrupt();
  }
}
