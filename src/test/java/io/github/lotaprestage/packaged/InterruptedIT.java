package io.github.lotaprestage.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Signals in the middle of a run.
@Timeout(180)
class InterruptedIT extends AgainstBucket {

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSignalStillGetsASummary(String signal, int code, @TempDir Path directory) throws Exception {
    CountDownLatch holding = new CountDownLatch(50);
    try (LotaEmulator slow =
        LotaEmulator.before(ORIGIN)
            .keepNothing()
            .faults((request, _, _, _) -> {
              if (!request.method().equals("HEAD")) {
                return Fault.NONE;
              }
              holding.countDown();
              return new Fault.Hold(new CountDownLatch(1));
            })
            .start()) {
      Path out = directory.resolve("out");
      Process process =
          Program.at(slow).start(out, "-o json -c 50 --grace 500ms s3://bucket/data/");
      holding.await();
      Program.bare().shell("kill -" + signal + " " + process.pid());
      assertThat(process.waitFor()).isEqualTo(code);
      new Result("lota-prestage", code, Files.readString(out), "")
          .summary("status", "interrupted")
          .summary("exit_code", code)
          .summary("skipped", n -> n.isGreaterThanOrEqualTo(50))
          .prestaged(0);
    }
  }

  @Test
  void theSecondSignalEndsTheProcessAtOnce(@TempDir Path directory) throws Exception {
    CountDownLatch holding = new CountDownLatch(50);
    try (LotaEmulator slow =
        LotaEmulator.before(ORIGIN)
            .keepNothing()
            .faults((request, _, _, _) -> {
              holding.countDown();
              return request.method().equals("HEAD")
                  ? new Fault.Hold(new CountDownLatch(1))
                  : Fault.NONE;
            })
            .start()) {
      Process process =
          Program.at(slow)
              .start(directory.resolve("out"), "-o json -c 50 --grace 1h s3://bucket/data/");
      holding.await();
      while (process.isAlive()) { // two signals of one kind may arrive as one
        Program.bare().shell("kill -INT " + process.pid() + " 2>&1");
      }
      assertThat(process.waitFor()).isEqualTo(130);
    }
  }

  @Test
  void killedAtAnyMomentTheSameCommandDoesOnlyTheRest(@TempDir Path directory) throws Exception {
    int concurrency = 50;
    CountDownLatch some = new CountDownLatch(500);
    try (LotaEmulator store =
        LotaEmulator.before(ORIGIN)
            .keepNothing()
            .faults((request, _, _, _) -> {
              if (!request.method().equals("HEAD")) {
                return Fault.NONE;
              }
              some.countDown();
              return new Fault.Delay(Duration.ofMillis(5));
            })
            .start()) {
      Path journal = directory.resolve("journal");
      String line = "-o json -c %d s3://bucket/data/ --journal %s".formatted(concurrency, journal);
      Process process = Program.at(store).start(directory.resolve("out"), line);
      some.await();
      process.destroyForcibly();
      assertThat(process.waitFor()).isEqualTo(137);
      long filledBefore = store.seen().fills();
      long sentBefore = store.seen().rangedHeads();
      assertThat(filledBefore).isLessThan(1499);

      Program.at(store).run(line).exits(0).selected(1500);
      assertThat(store.seen().successes()).hasSize(1499);
      assertThat(store.seen().rangedHeads() - sentBefore)
          .isLessThanOrEqualTo(1499 - filledBefore + concurrency);
    }
  }
}
