package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.OtherRun;
import io.github.lotaprestage.fixture.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `--files-from LIST --failed-to LIST`: a run that stops before it has read the list must not
/// replace it by the part that it has read.
@Timeout(120)
class ListReadAndWrittenTest {

  private static final int KEYS = 5000;
  private static final int SIGINT = 2;

  @TempDir private Path directory;

  private static String keys() {
    return IntStream.range(0, KEYS)
        .mapToObj("s3://bucket/k%05d\n"::formatted)
        .collect(Collectors.joining());
  }

  /// Interrupts a run with one HEAD in flight and thousands of keys that it has not read.
  private Result interrupted(String line, Object... words) {
    AtomicReference<IntConsumer> handler = new AtomicReference<>(_ -> {});
    try (LotaEmulator lota =
        LotaEmulator.before(new MemoryOrigin().bucket("bucket"))
            .faults((_, _, _, _) -> {
              // Once: a second signal would end this process.
              Objects.requireNonNull(handler.getAndSet(_ -> {})).accept(SIGINT);
              return new Fault.Hold(new CountDownLatch(1));
            })
            .start()) {
      Cli cli = Cli.at(lota).signals(handler::set);
      return cli.run(
          "-c 1 --order listed --grace 200ms --failed-to " + directory + "/list " + line, words);
    }
  }

  @Test
  void itIsKeptByARunThatDidNotReadItToItsEnd() throws Exception {
    Path list = Files.writeString(directory.resolve("list"), keys());
    interrupted("--files-from", list).exits(130).errContains("--failed-to is unchanged");
    assertThat(list).hasContent(keys());
    assertThat(OtherRun.names(directory)).containsExactly("list");
  }

  @Test
  void itsNulFileIsNotReplacedUnread() throws Exception {
    Path list = Files.writeString(directory.resolve("list"), "s3://bucket/old\n");
    Path nul = Files.writeString(directory.resolve("list.nul"), "s3://bucket/a\nb\0");
    Cli.at("http://localhost:1")
        .run("--files-from", list, "--failed-to", list)
        .exits(2)
        .says("add --files-from0 " + nul);
    assertThat(nul).hasContent("s3://bucket/a\nb\0");
  }

  @Test
  void itsNulFileIsKeptToo() throws Exception {
    Path list = Files.writeString(directory.resolve("list"), "s3://bucket/old\n");
    Path nul = Files.writeString(directory.resolve("list.nul"), keys().replace('\n', '\0'));
    assertThat(interrupted("--files-from0", nul).code()).isEqualTo(130);
    assertThat(list).hasContent("s3://bucket/old\n");
    assertThat(nul).hasContent(keys().replace('\n', '\0'));
  }

  @Test
  void anotherListIsReplacedByWhatIsKnown() throws Exception {
    Path input = Files.writeString(directory.resolve("input"), keys());
    Path list = Files.writeString(directory.resolve("list"), "s3://bucket/old\n");
    interrupted("--files-from", input)
        .errContains("--failed-to is incomplete because listing did not finish");
    assertThat(Files.readAllLines(list)).contains("s3://bucket/k00000").hasSizeLessThan(KEYS);
  }
}
