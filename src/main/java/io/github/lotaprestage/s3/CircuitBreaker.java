package io.github.lotaprestage.s3;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.s3.http.SilenceTimer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Distinguishes an endpoint that is busy with long fills from one that is dead.
///
/// Neither sends anything. After a minute without any answer, a small request that needs no fill is
/// sent over a connection of its own. Any answer means that the endpoint is alive, and the run goes
/// on waiting for the fills. If several such requests in a row get no answer, the endpoint is dead.
///
/// Its threads are platform threads, because a name server that hangs may block all virtual
/// threads.
final class CircuitBreaker implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(CircuitBreaker.class);

  /// @param silence the time without any answer before the first probe
  /// @param perProbe the limit for a probe: name, connection, TLS and answer
  /// @param probes the number of unanswered probes that mean that the endpoint is dead
  record Limits(Duration silence, Duration perProbe, int probes) {
    static final Limits DEFAULT = new Limits(Duration.ofSeconds(60), Duration.ofSeconds(20), 3);
  }

  /// Sends the small request.
  interface Check {
    /// Returns whether there was any answer.
    boolean answered();
  }

  private final SilenceTimer silenceTimer;
  private final Check check;
  private final Limits limits;
  private final Consumer<Failure> onGone;
  private final Thread thread;

  CircuitBreaker(SilenceTimer silenceTimer, Check check, Limits limits, Consumer<Failure> onGone) {
    this.silenceTimer = silenceTimer;
    this.check = check;
    this.limits = limits;
    this.onGone = onGone;
    this.thread = Thread.ofPlatform().daemon().name("circuit-breaker").start(this::watch);
  }

  private void watch() {
    try {
      while (true) {
        Duration left = limits.silence().minus(silenceTimer.silence());
        if (left.isPositive()) {
          Thread.sleep(left);
        } else if (isGone()) {
          onGone.accept(
              Failure.local(
                  Failure.Kind.UNREACHABLE,
                  "NoAnswer",
                  "the endpoint has not answered any request for "
                      + silenceTimer.silence().toSeconds()
                      + " s"));
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private boolean isGone() throws InterruptedException {
    for (int sent = 1; sent <= limits.probes(); sent++) {
      log.info(
          "no answer for {} s: probe {} of {}",
          silenceTimer.silence().toSeconds(),
          sent,
          limits.probes());
      long end = System.nanoTime() + limits.perProbe().toNanos();
      if (answered()) {
        silenceTimer.alive();
        return false;
      }
      TimeUnit.NANOSECONDS.sleep(end - System.nanoTime());
      if (silenceTimer.silence().compareTo(limits.silence()) < 0) {
        return false; // another request was answered meanwhile
      }
    }
    return true;
  }

  private boolean answered() throws InterruptedException {
    FutureTask<Boolean> probe = new FutureTask<>(check::answered);
    Thread.ofPlatform().daemon().name("probe").start(probe);
    try {
      return probe.get(limits.perProbe().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      probe.cancel(true);
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a probe broke", e);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
