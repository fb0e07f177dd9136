package io.github.lotaprestage.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

  @TempDir private Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void setUp() {
    file = directory.resolve("summary");
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String[] files() {
    return directory.toFile().list();
  }

  @Test
  void aReaderOfTheOldFileKeepsIt() throws Exception {
    Files.writeString(file, "old content");
    try (var reader = Files.newBufferedReader(file)) {
      WholeFile.write(file, text("new"));
      assertThat(reader.readLine()).isEqualTo("old content");
    }
    assertThat(file).hasContent("new");
    assertThat(files()).containsExactly("summary");
  }

  @Test
  void anExistingFileKeepsItsMode() throws Exception {
    Files.writeString(file, "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
    WholeFile.write(file, text("new"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-rw----");
  }

  @Test
  void aNewFileFollowsTheUmask() throws Exception {
    Path other = Files.writeString(directory.resolve("other"), "");
    WholeFile.write(file, text("new"));
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(other));
  }

  @Test
  void aLinkStaysALink() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    WholeFile.write(link, text("new"));
    assertThat(link).isSymbolicLink();
    assertThat(file).isRegularFile().hasContent("new");
  }

  @Test
  void writingInPlaceKeepsTheFileAndLosesItsOldEnd() throws Exception {
    Files.writeString(file, "a long old content");
    Object before = Destination.identity(file);
    WholeFile.writeInPlace(file, text("new"));
    assertThat(file).hasContent("new");
    assertThat(Destination.identity(file)).isEqualTo(before);
  }

  @Test
  void aCheckChangesNothing() throws Exception {
    WholeFile.requireWritable(file);
    assertThat(files()).isEmpty();
    Files.writeString(file, "old");
    WholeFile.requireWritable(file);
    assertThat(file).hasContent("old");
    WholeFile.requireWritable(Path.of("/dev/null"));
    assertThatThrownBy(() -> WholeFile.requireWritable(directory.resolve("none/summary")))
        .isInstanceOf(java.nio.file.NoSuchFileException.class);
  }

  @Test
  void aDeviceIsWrittenDirectly() {
    assertThatThrownBy(() -> WholeFile.write(Path.of("/dev/full"), text("new")))
        .hasMessageContaining("No space left on device");
  }
}
