package io.github.lotaprestage.run.end;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Result;
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

  private static Result reading(Error error, Object... more) {
    MemoryOrigin origin = new MemoryOrigin().put("bucket", "a", 1);
    try (LotaEmulator lota = LotaEmulator.before(origin).keepNothing().start()) {
      return Cli.at(lota).input(breaking(error)).json("-b bucket -k a --files-from -", more);
    }
  }

  private static void assertBroken(Result result, String code) {
    result
        .exits(3)
        .err(err -> err.doesNotContain("internal error").hasLineCount(1))
        .summary("status", "error")
        .summary("exit_code", 3)
        .summary("error.code", code);
  }

  @Test
  void outOfMemorySaysHowMuchThereWasAndWhatToRaise() {
    Result result = reading(new OutOfMemoryError("Java heap space"));
    assertBroken(result, "OutOfMemory");
    result.errContains(" MiB", "LOTA_PRESTAGE_JAVA_OPTS", "--concurrency");
  }

  @Test
  void tooFewThreadsAreNoLackOfMemory() {
    Result result = reading(new OutOfMemoryError("unable to create native thread: ..."));
    assertBroken(result, "TooManyThreads");
    result.err(err -> err.contains("ulimit -u").doesNotContain("heap"));
  }

  @Test
  void aStackThatIsTooSmallIsSaid() {
    assertBroken(reading(new StackOverflowError()), "StackOverflow");
  }

  @Test
  void aFaultOfTheProgramHasASummaryAndFinishesTheList(@TempDir Path directory) throws Exception {
    Path list = directory.resolve("failed");
    reading(new AssertionError("a bug"), "--failed-to", list)
        .exits(3)
        .errContains("internal error", "--stacktrace")
        .summary("error.code", "InternalError");
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
      Cli.at(lota).output(out).json("s3://bucket/a").exits(3).says("out of memory");
      assertThat(written.toString()).contains("\"type\":\"summary\"", "\"code\":\"OutOfMemory\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-o json", "-o text"})
  void aFaultBeforeAnythingWasOpenedHasASummaryToo(String output) {
    Result result =
        Cli.at("http://localhost:1")
            .signals(_ -> {
              throw new OutOfMemoryError("unable to create native thread");
            })
            .run(output + " s3://bucket/a")
            .exits(3)
            .says("ulimit -u");
    if (output.equals("-o json")) {
      result.summary("exit_code", 3);
    } else {
      result.noOutput();
    }
  }
}
