package io.github.lotaprestage.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The first thing that a newcomer runs. The program is built already, so only the last line of
/// `scripts/demo` is run here.
@Timeout(120)
class DemoIT {

  @TempDir private Path directory;

  @Test
  void printsAColdReadTheStagingAndAWarmReadAndNothingElse() throws Exception {
    File output = directory.resolve("output").toFile();
    int code =
        new ProcessBuilder(
                "bash", "-c", ". scripts/tools.sh; tool io.github.lotaprestage.demo.Demo")
            .redirectErrorStream(true)
            .redirectOutput(output)
            .start()
            .waitFor();

    assertThat(Files.readAllLines(output.toPath()))
        .anyMatch(line -> line.startsWith("Cold read") && line.contains("x-cache MISS"))
        .anyMatch(line -> line.startsWith("Warm read") && line.contains("x-cache HIT"))
        .anyMatch(line -> line.startsWith("1603 objects are in the cache"))
        .hasSizeLessThan(30);
    assertThat(code).isZero();
  }
}
