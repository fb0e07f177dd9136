package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lotaprestage.plan.Limits;
import io.github.lotaprestage.run.end.ExitStatus;
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
            _ -> {}));
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
      public void stop(ExitStatus why) {}

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
}
