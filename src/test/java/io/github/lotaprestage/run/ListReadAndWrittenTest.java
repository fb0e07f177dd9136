package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.OtherRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
  private Cli.Result interrupted(String... options) {
    AtomicReference<IntConsumer> handler = new AtomicReference<>(_ -> {});
    try (LotaEmulator lota =
        LotaEmulator.before(new MemoryOrigin().bucket("bucket"))
            .faults((_, _, _, _) -> {
              // Once: a second signal would end this process.
              Objects.requireNonNull(handler.getAndSet(_ -> {})).accept(SIGINT);
              return new Fault.Hold(new CountDownLatch(1));
            })
            .start()) {
      Cli cli = Cli.at(lota.endpoint()).signals(handler::set);
      String[] common = {
        "-c", "1", "--order", "listed", "--grace", "200ms", "--failed-to", directory + "/list"
      };
      String[] command = Arrays.copyOf(common, common.length + options.length);
      System.arraycopy(options, 0, command, common.length, options.length);
      return cli.run(command);
    }
  }

  @Test
  void itIsKeptByARunThatDidNotReadItToItsEnd() throws Exception {
    Path list = Files.writeString(directory.resolve("list"), keys());
    Cli.Result result = interrupted("--files-from", list.toString());
    assertThat(result.code()).isEqualTo(130);
    assertThat(result.err()).contains("--failed-to is unchanged");
    assertThat(list).hasContent(keys());
    assertThat(OtherRun.names(directory)).containsExactly("list");
  }

  @Test
  void itsNulFileIsKeptToo() throws Exception {
    Path list = Files.writeString(directory.resolve("list"), "s3://bucket/old\n");
    Path nul = Files.writeString(directory.resolve("list.nul"), keys().replace('\n', '\0'));
    assertThat(interrupted("--files-from0", nul.toString()).code()).isEqualTo(130);
    assertThat(list).hasContent("s3://bucket/old\n");
    assertThat(nul).hasContent(keys().replace('\n', '\0'));
  }

  @Test
  void anotherListIsReplacedByWhatIsKnown() throws Exception {
    Path input = Files.writeString(directory.resolve("input"), keys());
    Path list = Files.writeString(directory.resolve("list"), "s3://bucket/old\n");
    Cli.Result result = interrupted("--files-from", input.toString());
    assertThat(result.err()).contains("--failed-to is incomplete because listing did not finish");
    assertThat(Files.readAllLines(list)).contains("s3://bucket/k00000").hasSizeLessThan(KEYS);
  }
}
