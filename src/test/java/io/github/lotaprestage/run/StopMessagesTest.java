package io.github.lotaprestage.run;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a person reads who stops a run: what happens now, how far it got, and how to continue.
@Timeout(60)
class StopMessagesTest extends AgainstLota {

  private static final int STAGED = 8;
  private static final int HELD = 5;

  private final CountDownLatch never = new CountDownLatch(1);
  private final CountDownLatch holding = new CountDownLatch(HELD);
  private final CompletableFuture<IntConsumer> handler = new CompletableFuture<>();

  @BeforeEach
  void fill() {
    IntStream.range(0, 40).forEach(i -> origin.put("bucket", "k%02d".formatted(i), 1));
  }

  @AfterEach
  void letGo() {
    never.countDown();
  }

  /// The first keys are staged, and the others never get an answer.
  private LotaEmulator holdingMost() {
    return faulty((request, _, key, _) -> {
      if (!isHead(request) || key.compareTo("k%02d".formatted(STAGED)) < 0) {
        return Fault.NONE;
      }
      holding.countDown();
      return new Fault.Hold(never);
    });
  }

  private Result stopped(int signal, String line, Object... words) throws Exception {
    return stopped(Cli.at(holdingMost()), signal, line, words);
  }

  private Result stopped(Cli cli, int signal, String line, Object... words) throws Exception {
    CompletableFuture<Result> run =
        CompletableFuture.supplyAsync(() -> cli.signals(handler::complete).run(line, words));
    holding.await();
    handler.get().accept(signal);
    return run.get();
  }

  @Test
  void theFirstSignalSaysWhatHappensAndTheEndHowToContinue() throws Exception {
    stopped(15, "-c 5 --grace 100ms s3://bucket/ --exclude", "*.t p")
        .exits(143)
        .err(
            """
            lota-prestage: stopping: up to 0.1 s for 5 HEADs in flight; a second signal ends the program at once
            lota-prestage: interrupted: 8 of 40 objects staged; continue with: lota-prestage -c 5 --grace 100ms s3://bucket/ --exclude '*.t p'
            """);
  }

  @Test
  void theSecondSignalSaysWhatIsKnown() throws Exception {
    CompletableFuture<Result> run =
        CompletableFuture.supplyAsync(() ->
            Cli.at(holdingMost()).signals(handler::complete).run("-c 5 --grace 1h s3://bucket/"));
    holding.await();
    handler.get().accept(2);
    handler.get().accept(15);
    run.get()
        .exits(130)
        .errContains("stopping: up to 1 h for 5 HEADs in flight")
        .errContains("staged, 5 HEADs still in flight; continue with: lota-prestage -c 5");
  }

  /// Text has no line for each object that the run did not get to; JSON has.
  @Test
  void objectsThatAreLeftHaveNoLineInText() throws Exception {
    stopped(15, "-c 5 --grace 100ms s3://bucket/")
        .skipped(32)
        .out(out -> out.doesNotContain("interrupted", "s3://bucket/k20"));
  }

  @Test
  void objectsThatAreLeftAreAllInTheJson() throws Exception {
    stopped(15, "-o json -c 5 --grace 100ms s3://bucket/").objects(40);
  }

  @Test
  void twoQuietsLeaveErrorsOnly() throws Exception {
    stopped(15, "-qq -c 5 --grace 100ms s3://bucket/").exits(143).silent();
  }

  @Test
  void theDeadlineSaysHowToContinueToo() {
    Cli.at(holdingMost())
        .run("-c 5 --max-duration 1s --grace 0s s3://bucket/")
        .exits(5)
        .errContains(
            "stopped at --max-duration: 8 of 40 objects staged; continue with: lota-prestage -c");
  }

  @Test
  void standardInputIsNotThereASecondTime() throws Exception {
    stopped(
            Cli.at(holdingMost()).input("k08\nk09\nk10\nk11\nk12\n"),
            15,
            "-c 5 --grace 100ms --bucket bucket --files-from -")
        .errContains(
            "standard input cannot be read again; to continue, send the same list to: lota-");
  }

  @Test
  void aListInAFileIs(@TempDir Path directory) throws Exception {
    Path list = directory.resolve("keys");
    Files.writeString(list, "k08\nk09\nk10\nk11\nk12\n");
    stopped(15, "-c 5 --grace 100ms --bucket bucket --files-from", list)
        .errContains("0 of 5 objects staged; continue with: lota-prestage -c 5");
  }
}
