package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What happens where Java runs out of something, and where the program has a fault.
@Timeout(60)
class RunFaultTest {

  /// Standard input that ends with an error of Java's.
  private static InputStream breaking(Error error) {
    return new InputStream() {
      @Override
      public int read() {
        throw error;
      }

      @Override
      public int read(byte[] into, int offset, int length) {
        throw error;
      }
    };
  }

  private static Cli.Result reading(Error error, String... more) {
    String[] args = {"-o", "json", "-b", "bucket", "--files-from", "-", "-k", "a"};
    String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    MemoryOrigin origin = new MemoryOrigin().put("bucket", "a", 1);
    try (LotaEmulator lota = LotaEmulator.before(origin).keepNothing().start()) {
      return Cli.at(lota.endpoint()).input(breaking(error)).run(all);
    }
  }

  private static void assertBroken(Cli.Result result, String code) {
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.err()).doesNotContain("internal error").hasLineCount(1);
    assertThat(result.summary().get("status").asString()).isEqualTo("error");
    assertThat(result.summary().get("exit_code").asInt()).isEqualTo(3);
    assertThat(result.summary().get("error").get("code").asString()).isEqualTo(code);
  }

  @Test
  void outOfMemorySaysHowMuchThereWasAndWhatToRaise() {
    Cli.Result result = reading(new OutOfMemoryError("Java heap space"));
    assertBroken(result, "OutOfMemory");
    assertThat(result.err()).contains(" MiB", "LOTA_PRESTAGE_JAVA_OPTS", "--concurrency");
  }

  @Test
  void tooFewThreadsAreNoLackOfMemory() {
    Cli.Result result = reading(new OutOfMemoryError("unable to create native thread: ..."));
    assertBroken(result, "TooManyThreads");
    assertThat(result.err()).contains("ulimit -u").doesNotContain("heap");
  }

  @Test
  void aStackThatIsTooSmallIsSaid() {
    assertBroken(reading(new StackOverflowError()), "StackOverflow");
  }

  @Test
  void aFaultOfTheProgramHasASummaryAndFinishesTheList(@TempDir Path directory) throws Exception {
    Path list = directory.resolve("failed");
    Cli.Result result = reading(new AssertionError("a bug"), "--failed-to", list.toString());
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.err()).contains("internal error", "--stacktrace");
    assertThat(result.summary().get("error").get("code").asString()).isEqualTo("InternalError");
    assertThat(Files.exists(list)).isTrue();
  }

  /// The reporter's thread is where most of the work is done when objects are small.
  @Test
  void theReporterRunsOutOfMemoryOnce() {
    MemoryOrigin origin = new MemoryOrigin().put("bucket", "a", 1);
    StringBuilder written = new StringBuilder();
    OutputStream out =
        new OutputStream() {
          private boolean broken;

          @Override
          public void write(int b) throws IOException {
            if (!broken) {
              broken = true;
              throw new OutOfMemoryError("Java heap space");
            }
            written.append((char) b);
          }
        };
    try (LotaEmulator lota = LotaEmulator.before(origin).keepNothing().start()) {
      Cli.Result result = Cli.at(lota.endpoint()).output(out).run("-o", "json", "s3://bucket/a");
      assertThat(result.code()).isEqualTo(3);
      assertThat(result.err()).contains("out of memory").hasLineCount(1);
      assertThat(written.toString()).contains("\"type\":\"summary\"", "\"code\":\"OutOfMemory\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-o json", "-o text"})
  void aFaultBeforeAnythingWasOpenedHasASummaryToo(String output) {
    Cli.Result result =
        Cli.at("http://localhost:1")
            .signals(_ -> {
              throw new OutOfMemoryError("unable to create native thread");
            })
            .run((output + " s3://bucket/a").split(" "));
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.err()).contains("ulimit -u").hasLineCount(1);
    if (output.equals("-o json")) {
      assertThat(result.summary().get("exit_code").asInt()).isEqualTo(3);
    } else {
      assertThat(result.out()).isEmpty();
    }
  }
}
