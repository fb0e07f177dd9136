package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `--max-duration` holds whatever hangs, and nothing that is known gets lost.
@Timeout(60)
class DeadlineTest {

  private static final int OBJECTS = 3000;

  private final CountDownLatch never = new CountDownLatch(1);

  @AfterEach
  void letGo() {
    never.countDown();
  }

  private static MemoryOrigin origin() {
    MemoryOrigin origin = new MemoryOrigin().bucket("bucket");
    IntStream.range(0, OBJECTS).forEach(i -> origin.put("bucket", "k%05d".formatted(i), 1));
    return origin;
  }

  private LotaEmulator lota(Fault.Plan faults) {
    return LotaEmulator.before(origin()).keepNothing().faults(faults).start();
  }

  private Fault headsHang(String method) {
    return method.equals("HEAD") ? new Fault.Hold(never) : Fault.NONE;
  }

  private static void assertLimited(Result result) {
    result.exits(5).summary("status", "limited").summary("exit_code", 5);
  }

  @Test
  void itCountsFromTheStartOfTheProcess() {
    try (LotaEmulator lota = lota((request, _, _, _) -> headsHang(request.method()))) {
      Result result =
          Cli.at(lota)
              .age(Duration.ofHours(2))
              .json("--max-duration 2h --grace 0s s3://bucket/k00001");
      assertLimited(result);
      result.skipped(1);
      assertThat(lota.seen().rangedHeads()).isZero();
    }
  }

  /// Whatever was listed is in the output, in the summary and in the list, once.
  @Test
  void everythingKnownIsAccountedForOnce(@TempDir Path directory) throws Exception {
    Path list = directory.resolve("failed");
    try (LotaEmulator lota = lota((request, _, _, _) -> headsHang(request.method()))) {
      Result result =
          Cli.at(lota).json("--max-duration 4s --grace 0s --failed-to", list, "s3://bucket");
      assertLimited(result);
      result.skipped(OBJECTS).summary("listing_complete", true);
      assertThat(keys(result.objects())).doesNotHaveDuplicates().hasSize(OBJECTS);
      assertThat(Files.readAllLines(list)).doesNotHaveDuplicates().hasSize(OBJECTS);
    }
  }

  private static List<String> keys(List<JsonNode> objects) {
    return objects.stream().map(object -> object.get("key").asString()).toList();
  }

  /// Standard output that takes so many bytes and then nothing.
  private final class StuckReader extends OutputStream {
    private int left;

    StuckReader(int left) {
      this.left = left;
    }

    @Override
    public void write(int b) throws IOException {
      left--;
      if (left < 0) {
        try {
          never.await();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
    }
  }

  @Test
  void aReaderThatStoppedReadingDoesNotHoldItUp(@TempDir Path directory) throws Exception {
    Path list = directory.resolve("failed");
    AtomicInteger heads = new AtomicInteger();
    try (LotaEmulator lota =
        lota((request, _, _, _) ->
            request.method().equals("HEAD") && heads.incrementAndGet() > 100
                ? new Fault.Hold(never)
                : Fault.NONE)) {
      Cli.at(lota)
          .output(new StuckReader(10_000))
          .json("--max-duration 4s --grace 100ms --failed-to", list, "s3://bucket")
          .exits(5);
      List<String> left = Files.readAllLines(list);
      assertThat(left).doesNotHaveDuplicates();
      assertThat(left.size()).isEqualTo(OBJECTS - 100);
    }
  }

  /// Named keys are known before a key list is read, and a list that cannot be read hides none.
  @Test
  void inputThatNeverComesDoesNotHoldItUp(@TempDir Path directory) throws Exception {
    Path list = directory.resolve("failed");
    PipedInputStream silent = new PipedInputStream(new PipedOutputStream());
    try (LotaEmulator lota = lota((request, _, _, _) -> headsHang(request.method()))) {
      Result result =
          Cli.at(lota)
              .input(silent)
              .json(
                  "--max-duration 500ms --grace 100ms --failed-to",
                  list,
                  "--bucket",
                  "bucket",
                  "--files-from",
                  "-",
                  "--key",
                  "a",
                  "--key",
                  "b");
      assertLimited(result);
      result.summary("listing_complete", false);
      assertThat(Files.readAllLines(list))
          .containsExactlyInAnyOrder("s3://bucket/a", "s3://bucket/b");
    }
  }

  @Test
  void credentialsThatNeverComeDoNotHoldItUp(@TempDir Path home) throws Exception {
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(home.resolve(".aws/config"), "[default]\ncredential_process = sleep 30\n");
    Result result =
        Cli.bare()
            .env("HOME", home.toString())
            .json("--max-duration 1s --grace 100ms s3://bucket/k");
    assertLimited(result);
    result.summary("listing_complete", false).says("still waiting for the credentials");
  }
}
