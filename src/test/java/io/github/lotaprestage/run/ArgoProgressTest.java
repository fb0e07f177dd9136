package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `ARGO_PROGRESS_FILE`.
@Timeout(120)
class ArgoProgressTest {

  @TempDir private Path directory;
  private final LotaEmulator lota =
      LotaEmulator.before(new MemoryOrigin().generate("bucket", 25, "k%03d"::formatted))
          .faults(
              (_, _, key, _) -> key.equals("k007") ? Fault.status(403, "AccessDenied") : Fault.NONE)
          .start();

  @AfterEach
  void close() {
    lota.close();
  }

  @Test
  void itEndsWithAllObjectsWhateverTheirOutcome() throws Exception {
    Path file = directory.resolve("progress");
    Cli.at(lota).env("ARGO_PROGRESS_FILE", file.toString()).run("s3://bucket/").exits(1);
    assertThat(file).hasContent("25/25");
    assertThat(directory.toFile().list()).containsExactly("progress");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none/progress", "sub", "pipe"})
  void aFileThatCannotBeWrittenIsAWarningOnly(String name) throws Exception {
    Files.createDirectory(directory.resolve("sub"));
    new ProcessBuilder("mkfifo", directory.resolve("pipe").toString()).start().waitFor();
    Cli.at(lota)
        .env("ARGO_PROGRESS_FILE", directory.resolve(name).toString())
        .run("s3://bucket/k01?")
        .exits(0)
        .prestaged(10)
        .says("warn: ARGO_PROGRESS_FILE", name, "is not written");
  }
}
