package io.github.lotaprestage.cli;

import io.github.lotaprestage.engine.Outcome;
import io.github.lotaprestage.engine.Prestager;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// What signals do to a run: the first one stops it in good order, the second ends the process.
final class Interruption implements IntConsumer, AutoCloseable {

  private static final int SIGTERM_NUMBER = 15;

  /// What the summary may take after the grace, where whoever reads it has stopped reading.
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final Prestager prestager;
  private final Duration grace;
  private final AtomicInteger first = new AtomicInteger();
  private volatile @Nullable Thread watchdog;

  Interruption(Prestager prestager, Duration grace) {
    this.prestager = prestager;
    this.grace = grace;
  }

  @Override
  public void accept(int signal) {
    if (first.compareAndSet(0, signal)) {
      prestager.stop(Outcome.Reason.INTERRUPTED, grace);
      watchdog =
          Thread.ofVirtual()
              .name("last-words")
              .start(() -> endAfter(grace.plus(LAST_WORDS), signal));
    } else {
      end(signal);
    }
  }

  private static void endAfter(Duration wait, int signal) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      return; // the run ended by itself
    }
    end(signal);
  }

  @Override
  public void close() {
    Thread started = watchdog;
    if (started != null) {
      started.interrupt();
    }
  }

  private static void end(int signal) {
    Runtime.getRuntime().halt(of(signal).code());
  }

  /// How the run ends, where a signal came.
  Optional<ExitStatus> status() {
    return first.get() == 0 ? Optional.empty() : Optional.of(of(first.get()));
  }

  private static ExitStatus of(int signal) {
    return signal == SIGTERM_NUMBER ? ExitStatus.SIGTERM : ExitStatus.SIGINT;
  }
}
