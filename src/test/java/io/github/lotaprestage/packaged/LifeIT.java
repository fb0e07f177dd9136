package io.github.lotaprestage.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The end of a real process: signals, deadlines, and too little memory.
@Timeout(120)
class LifeIT {

  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch arrived = new CountDownLatch(1);
  private final LotaEmulator holding =
      LotaEmulator.before(new MemoryOrigin().put("bucket", "k", 1))
          .keepNothing()
          .faults((request, _, _, _) -> {
            arrived.countDown();
            return new Fault.Hold(held);
          })
          .start();

  @AfterEach
  void close() {
    held.countDown();
    holding.close();
  }

  @Test
  void hangupEndsItWithASummary(@TempDir Path directory) throws Exception {
    Path out = directory.resolve("out");
    Process process = Program.at(holding).start(out, "-o json --grace 0s s3://bucket/k");
    arrived.await();
    Program.bare().shell("kill -HUP " + process.pid());
    assertThat(process.waitFor()).isEqualTo(129);
    new Result("lota-prestage", 129, Files.readString(out), "")
        .summary("exit_code", 129)
        .skipped(1);
  }

  /// With SIGHUP and SIGINT ignored, as under nohup in the background, both change nothing.
  @Test
  void signalsThatWereIgnoredStayIgnored(@TempDir Path directory) throws Exception {
    Path out = directory.resolve("out");
    Process process =
        Program.at(holding).startShell(out, "trap '' INT; exec nohup \"$0\" -o json s3://bucket/k");
    arrived.await();
    Program.bare().shell("kill -HUP %1$d; kill -INT %1$d".formatted(process.pid()));
    held.countDown();
    assertThat(process.waitFor()).isZero();
  }

  /// What hangs is the command that should print credentials; it ends with the program.
  @Test
  void credentialsThatNeverComeEndWithTheDeadline(@TempDir Path home) throws Exception {
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(
        home.resolve(".aws/config"),
        "[default]\ncredential_process = sh -c 'echo $$ >%s/pid; exec sleep 100'\n"
            .formatted(home));
    long start = System.nanoTime();
    Result result =
        Program.bare()
            .env("HOME", home.toString())
            .json("--max-duration 1s --grace 0s s3://bucket/k");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    result.exits(5).summary("status", "limited");
    long child = Long.parseLong(Files.readString(home.resolve("pid")).strip());
    ProcessHandle.of(child).ifPresent(left -> left.onExit().join());
  }
}
