package io.github.lotaprestage.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplacementTest {

  @TempDir private Path directory;

  private List<Path> files() throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  /// As with a file that is a mount point of its own, on a full disk.
  @Test
  void theOnlyWholeCopyIsKeptAndNamed() throws Exception {
    try (Replacement replacement = Replacement.of(directory.resolve("list"))) {
      replacement.write("s3://bucket/k\n".getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> replacement.overwrite(Path.of("/dev/full")))
          .hasMessageContaining("No space left on device, in the middle; the whole list is in ")
          .hasMessageContaining(files().getFirst().toString());
    }
    assertThat(files()).hasSize(1);
    assertThat(files().getFirst()).hasContent("s3://bucket/k\n");
  }

  @Test
  void aFileThatCannotBeOpenedLosesNothing() throws Exception {
    try (Replacement replacement = Replacement.of(directory.resolve("list"))) {
      assertThatThrownBy(() -> replacement.overwrite(directory)).hasMessageContaining("directory");
    }
    assertThat(files()).isEmpty();
  }
}
