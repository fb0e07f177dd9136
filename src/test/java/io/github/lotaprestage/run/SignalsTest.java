package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A signal ends the run in any phase, with its own exit code and a summary.
@Timeout(60)
class SignalsTest {

  private static final int OBJECTS = 1500;

  private final CountDownLatch never = new CountDownLatch(1);
  private final CompletableFuture<IntConsumer> handler = new CompletableFuture<>();

  @AfterEach
  void letGo() {
    never.countDown();
  }

  private CompletableFuture<Result> start(Cli cli, String line, Object... words) {
    return CompletableFuture.supplyAsync(() -> cli.signals(handler::complete).run(line, words));
  }

  private static void assertInterrupted(Result result, int code) {
    result.exits(code).summary("status", "interrupted").summary("exit_code", code);
  }

  private LotaEmulator lota(Fault.Plan faults) {
    MemoryOrigin origin = new MemoryOrigin().bucket("bucket");
    IntStream.range(0, OBJECTS).forEach(i -> origin.put("bucket", "k%05d".formatted(i), 1));
    return LotaEmulator.before(origin).keepNothing().faults(faults).start();
  }

  /// No HEAD gets an answer; each is counted.
  private Fault.Plan holdingHeads(CountDownLatch holding) {
    return (request, _, _, _) -> {
      if (!request.method().equals("HEAD")) {
        return Fault.NONE;
      }
      holding.countDown();
      return new Fault.Hold(never);
    };
  }

  @ParameterizedTest
  @CsvSource({"1, 129", "2, 130", "15, 143"})
  void whileRequestsAreInFlight(int signal, int code, @TempDir Path directory) throws Exception {
    Path list = directory.resolve("failed");
    CountDownLatch holding = new CountDownLatch(20);
    try (LotaEmulator lota = lota(holdingHeads(holding))) {
      CompletableFuture<Result> run =
          start(Cli.at(lota), "-o json -c 20 --grace 100ms --failed-to", list, "s3://bucket");
      holding.await();
      handler.get().accept(signal);
      Result result = run.get();
      assertInterrupted(result, code);
      assertThat(Files.readAllLines(list))
          .doesNotHaveDuplicates()
          .hasSize(result.summary().get("skipped").asInt())
          .hasSizeGreaterThanOrEqualTo(20);
    }
  }

  @Test
  void aSecondSignalEndsAtOnceAndLeavesNoTemporaryFile(@TempDir Path directory) throws Exception {
    Path list = Files.createDirectory(directory.resolve("lists")).resolve("failed");
    CountDownLatch holding = new CountDownLatch(1);
    try (LotaEmulator lota = lota(holdingHeads(holding))) {
      CompletableFuture<Result> run =
          start(Cli.at(lota), "--grace 1h --failed-to", list, "s3://bucket/k00001");
      holding.await();
      handler.get().accept(15);
      handler.get().accept(2);
      assertThat(run.get().code()).isEqualTo(143);
      try (Stream<Path> left = Files.list(list.getParent())) {
        assertThat(left.map(Path::getFileName).map(Path::toString))
            .filteredOn(name -> !name.endsWith(".lock"))
            .isEmpty();
      }
    }
  }

  /// A credential_process that hangs; the signal comes once it runs.
  @ParameterizedTest
  @CsvSource({"1, 129", "2, 130", "15, 143"})
  void beforeThereAreCredentials(int signal, int code, @TempDir Path home) throws Exception {
    hangingCredentials(home);
    CompletableFuture<Result> run =
        start(Cli.bare().env("HOME", home.toString()), "-o json --grace 100ms s3://bucket/k");
    handler.get().accept(signal);
    assertInterrupted(run.get(), code);
  }

  @Test
  void aClosedStandardOutputDoesNotHideIt() throws Exception {
    CountDownLatch holding = new CountDownLatch(1);
    try (LotaEmulator lota = lota(holdingHeads(holding))) {
      CompletableFuture<Result> run =
          start(Cli.at(lota).output(new ClosedPipe()), "--grace 100ms s3://bucket");
      holding.await();
      handler.get().accept(15);
      assertThat(run.get().code()).isEqualTo(143);
    }
  }

  @Test
  void aClosedStandardOutputDoesNotHideItBeforeThereAreCredentials(@TempDir Path home)
      throws Exception {
    hangingCredentials(home);
    CompletableFuture<Result> run =
        start(
            Cli.bare().env("HOME", home.toString()).output(new ClosedPipe()),
            "-o json --grace 100ms s3://bucket/k");
    handler.get().accept(15);
    assertThat(run.get().code()).isEqualTo(143);
    assertThat(run.get().err()).doesNotContain("internal error");
  }

  @Test
  void aClosedStandardOutputAloneIsNoInternalError() {
    Cli.bare()
        .output(new ClosedPipe())
        .json("--grace 100ms s3://bucket/k")
        .exits(141)
        .err(err -> err.doesNotContain("internal error"));
  }

  /// A pipe whose reader is gone.
  private static final class ClosedPipe extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("Broken pipe");
    }
  }

  private static void hangingCredentials(Path home) throws IOException {
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(home.resolve(".aws/config"), "[default]\ncredential_process = sleep 30\n");
  }

  @Test
  void whileTheListingHangs() throws Exception {
    CountDownLatch listing = new CountDownLatch(1);
    try (LotaEmulator lota =
        lota((_, _, _, _) -> {
          listing.countDown();
          return new Fault.Hold(never);
        })) {
      CompletableFuture<Result> run = start(Cli.at(lota), "-o json --grace 100ms s3://bucket");
      listing.await();
      handler.get().accept(15);
      Result result = run.get();
      assertInterrupted(result, 143);
      result.summary("listing_complete", false);
    }
  }

  @Test
  void theSecondOneIsNotWaitedFor() throws Exception {
    CountDownLatch holding = new CountDownLatch(20);
    try (LotaEmulator lota = lota(holdingHeads(holding))) {
      CompletableFuture<Result> run = start(Cli.at(lota), "-c 20 --grace 1h s3://bucket");
      holding.await();
      handler.get().accept(2);
      handler.get().accept(15);
      assertThat(run.get().code()).isEqualTo(130);
    }
  }

  /// During the grace period of `--max-duration` a signal decides the exit code.
  @Test
  void afterTheDeadlineItStillDecidesTheExitCode() throws Exception {
    CountDownLatch holding = new CountDownLatch(1);
    try (LotaEmulator lota = lota(holdingHeads(holding))) {
      CompletableFuture<Result> run =
          start(Cli.at(lota), "-o json --max-duration 1s --grace 3s s3://bucket");
      holding.await();
      handler.get().accept(15);
      assertInterrupted(run.get(), 143);
    }
  }
}
