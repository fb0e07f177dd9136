package io.github.lotaprestage.cli;

import io.github.lotaprestage.engine.Outcome;
import io.github.lotaprestage.engine.Prestager;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/// What signals do to a run: the first one stops it in good order, the second ends the process.
final class Interruption implements IntConsumer {

  private static final int SIGTERM_NUMBER = 15;

  private final Prestager prestager;
  private final Duration grace;
  private final AtomicInteger first = new AtomicInteger();

  Interruption(Prestager prestager, Duration grace) {
    this.prestager = prestager;
    this.grace = grace;
  }

  @Override
  public void accept(int signal) {
    if (first.compareAndSet(0, signal)) {
      prestager.stop(Outcome.Reason.INTERRUPTED, grace);
    } else {
      Runtime.getRuntime().halt(of(signal).code());
    }
  }

  /// How the run ends, where a signal came.
  Optional<ExitStatus> status() {
    return first.get() == 0 ? Optional.empty() : Optional.of(of(first.get()));
  }

  private static ExitStatus of(int signal) {
    return signal == SIGTERM_NUMBER ? ExitStatus.SIGTERM : ExitStatus.SIGINT;
  }
}
