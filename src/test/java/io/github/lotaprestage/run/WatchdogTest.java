package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lotaprestage.plan.Limits;
import io.github.lotaprestage.report.ExitStatus;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WatchdogTest {

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final CountDownLatch never = new CountDownLatch(1);

  private Watchdog watchdog() {
    return watchdog(_ -> {});
  }

  private Watchdog watchdog(ProcessContext.Signals signals) {
    return new Watchdog(
        Limits.builder().build(),
        new ProcessContext(
            List.of("lota-prestage"),
            Map.of(),
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            null,
            null,
            () -> Duration.ZERO,
            signals));
  }

  /// A run that waits for a thread that is gone.
  private Watchdog.Watched stuckBecauseOf(Error fault) {
    return new Watchdog.Watched() {
      @Override
      public ExitStatus run() throws InterruptedException {
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              throw fault;
            });
        never.await();
        return ExitStatus.OK;
      }

      @Override
      public Duration stop(ExitStatus why) {
        return Duration.ZERO;
      }

      @Override
      public boolean takeEnd() {
        return true;
      }

      @Override
      public ExitStatus forceEnd() {
        return ExitStatus.ERROR;
      }

      @Override
      public ExitStatus cutOff(ExitStatus why) {
        return why;
      }
    };
  }

  @Test
  @Timeout(20)
  void aThreadThatRunsOutOfMemoryEndsTheRun() {
    assertThatExceptionOfType(OutOfMemoryError.class)
        .isThrownBy(() -> watchdog().watch(stuckBecauseOf(new OutOfMemoryError("test"))));
  }

  /// A run that ends as soon as somebody wants to keep it from that.
  private static final class EndingRun implements Watchdog.Watched {
    private final CountDownLatch asked = new CountDownLatch(1);

    @Override
    public ExitStatus run() throws InterruptedException {
      asked.await();
      return ExitStatus.OK;
    }

    @Override
    public Duration stop(ExitStatus why) {
      return Duration.ofHours(1);
    }

    @Override
    public boolean takeEnd() {
      asked.countDown();
      return false;
    }

    @Override
    public ExitStatus forceEnd() {
      throw new AssertionError();
    }

    @Override
    public ExitStatus cutOff(ExitStatus why) {
      return why;
    }
  }

  @Test
  @Timeout(20)
  void theSecondSignalDoesNotCutOffAnEndThatIsBeingWritten() throws Exception {
    Watchdog.Watched run = new EndingRun();
    ProcessContext.Signals twice =
        handler -> {
          handler.accept(15);
          handler.accept(2);
        };
    assertThat(watchdog(twice).watch(run)).isEqualTo(ExitStatus.OK);
  }

  /// A run that ends in order, and only then.
  private static final class OrderlyRun implements Watchdog.Watched {
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Override
    public ExitStatus run() throws InterruptedException {
      stopped.await();
      return ExitStatus.SIGTERM;
    }

    @Override
    public Duration stop(ExitStatus why) {
      stopped.countDown();
      return Duration.ofHours(1);
    }

    @Override
    public boolean takeEnd() {
      throw new AssertionError();
    }

    @Override
    public ExitStatus forceEnd() {
      throw new AssertionError();
    }

    @Override
    public ExitStatus cutOff(ExitStatus why) {
      throw new AssertionError();
    }
  }

  /// The command `timeout` sends each signal twice.
  @Test
  @Timeout(20)
  void theSameSignalAtOnceIsNotASecondOne() throws Exception {
    ProcessContext.Signals twice =
        handler -> {
          handler.accept(15);
          handler.accept(15);
        };
    assertThat(watchdog(twice).watch(new OrderlyRun())).isEqualTo(ExitStatus.SIGTERM);
  }
}
