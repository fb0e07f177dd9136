package io.github.lotaprestage.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lotaprestage.fixture.OtherRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class FailureListTest {

  @TempDir private Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void setUp() {
    file = directory.resolve("list");
  }

  private static void write(Path path, String... keys) throws IOException {
    try (FailureList list = FailureList.open(path)) {
      for (String key : keys) {
        list.add(Holder.failed(key));
      }
      list.finish(true);
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  /// A CR before the line end would be taken for a part of that.
  @Test
  void keysWithCarriageReturnOrLineFeedGoToTheNulFile() throws Exception {
    write(file, "a", "b\r", "c\r\nc", "d\nd", "e\rf", "g\u0085\u2028h");
    assertThat(Files.readString(file)).isEqualTo("s3://bucket/a\ns3://bucket/g\u0085\u2028h\n");
    assertThat(Files.readString(directory.resolve("list.nul")))
        .isEqualTo("s3://bucket/b\r\0s3://bucket/c\r\nc\0s3://bucket/d\nd\0s3://bucket/e\rf\0");
  }

  @Test
  void theModeOfAnExistingFileIsKeptAndANewOneIsPrivate() throws Exception {
    write(file, "a", "b\n");
    Path nul = directory.resolve("list.nul");
    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(mode(nul)).isEqualTo("rw-------");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
    Files.setPosixFilePermissions(nul, PosixFilePermissions.fromString("rw-r-----"));
    write(file, "c", "d\n");
    assertThat(file).hasContent("s3://bucket/c\n");
    assertThat(mode(file)).isEqualTo("rw-rw-r--");
    assertThat(mode(nul)).isEqualTo("rw-r-----");
  }

  @Test
  void aLinkStaysALink() throws Exception {
    Path target = Files.createDirectory(directory.resolve("sub")).resolve("target");
    Path link = Files.createSymbolicLink(file, Path.of("sub/target"));
    write(link, "a"); // the target does not exist yet
    write(link, "b");
    assertThat(link).isSymbolicLink();
    assertThat(target).hasContent("s3://bucket/b\n");
    assertThat(OtherRun.names(directory)).containsExactly("list", "sub");
    assertThat(OtherRun.names(target.getParent())).containsExactly("target");
  }

  @Test
  void filesWithTheNamesOfOldTemporaryFilesAreLeftAlone() throws Exception {
    Path other = Files.writeString(directory.resolve("other"), "mine");
    Path partial = Files.createSymbolicLink(directory.resolve("list.partial"), other);
    Path nulPartial = Files.writeString(directory.resolve("list.nul.partial"), "mine");
    write(file, "a", "b\n");
    assertThat(partial).isSymbolicLink();
    assertThat(other).hasContent("mine");
    assertThat(nulPartial).hasContent("mine");
    Path lock = Files.createSymbolicLink(directory.resolve(".list.lota-prestage.lock"), other);
    assertThatThrownBy(() -> write(file, "c")).hasMessageContaining("not a regular file");
    assertThat(lock).isSymbolicLink();
    assertThat(file).hasContent("s3://bucket/a\n");
  }

  @Test
  void aListThatIsNotFinishedLeavesEverythingAsItWas() throws Exception {
    Files.writeString(file, "s3://bucket/old\n");
    try (FailureList list = FailureList.open(file)) {
      list.add(Holder.failed("a"));
      list.add(Holder.failed("b\n"));
      assertThat(OtherRun.names(directory)).hasSize(4);
    }
    try (FailureList list = FailureList.open(file)) {
      list.add(Holder.failed("a"));
      list.finish(false);
    }
    assertThat(file).hasContent("s3://bucket/old\n");
    assertThat(OtherRun.names(directory)).containsExactly("list");
  }

  /// As at a second signal.
  @Test
  void anAbandonedListLeavesNothing() throws Exception {
    try (FailureList list = FailureList.open(file)) {
      list.add(Holder.failed("b\n"));
      list.abandon();
      assertThat(OtherRun.names(directory)).isEmpty();
    }
  }

  @Test
  void aListWhoseTemporaryFileIsGoneKeepsTheOldOne() throws Exception {
    Files.writeString(file, "s3://bucket/old\n");
    try (FailureList list = FailureList.open(file)) {
      list.add(Holder.failed("a"));
      list.abandon();
      assertThatThrownBy(() -> list.finish(true)).isInstanceOf(IOException.class);
    }
    assertThat(file).hasContent("s3://bucket/old\n");
  }

  /// `ulimit` counts in blocks of 512 bytes and acts like a full disk.
  @Test
  void aFullDiskLeavesTheOldListAndNothingElse() throws Exception {
    Files.writeString(file, "s3://bucket/old\n");
    try (OtherRun other = OtherRun.after("ulimit -f 1", "--failed-to-large", file)) {
      assertThat(other.answer()).isEqualTo("File too large");
    }
    assertThat(file).hasContent("s3://bucket/old\n");
    assertThat(OtherRun.names(directory)).containsExactly("list");
  }

  @Test
  void aFileThatIsNotANulListIsNotReplaced() throws Exception {
    Path nul = Files.writeString(directory.resolve("list.nul"), "something else");
    assertThatThrownBy(() -> write(file, "a")).hasMessageContaining("list.nul");
    assertThat(nul).hasContent("something else");
    assertThat(OtherRun.names(directory)).containsExactly("list.nul");
  }

  @Test
  void longNamesWork() throws Exception {
    Path longName = directory.resolve("é".repeat(125));
    write(longName, "a", "b\n");
    assertThat(OtherRun.names(directory)).hasSize(2);
  }

  /// As a shell hands over `>(command)`.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPipeIsWrittenTo(boolean throughALink) throws Exception {
    new ProcessBuilder("mkfifo", file.toString()).start().waitFor();
    Path path = throughALink ? Files.createSymbolicLink(directory.resolve("link"), file) : file;
    CompletableFuture<String> reader =
        CompletableFuture.supplyAsync(() -> {
          try {
            return Files.readString(file);
          } catch (IOException e) {
            return e.toString();
          }
        });
    write(path, "a", "b");
    assertThat(reader.get()).isEqualTo("s3://bucket/a\ns3://bucket/b\n");
    assertThat(OtherRun.names(directory)).hasSize(throughALink ? 2 : 1);
  }

  @Test
  void aDeviceHasNoSecondFile() throws Exception {
    write(Path.of("/dev/null"), "a", "b\n");
    assertThat(Path.of("/dev/null.nul")).doesNotExist();
    assertThatThrownBy(() -> write(Path.of("/dev/zero"), "a", "b\n"))
        .hasMessageContaining("line end");
  }

  @Test
  void aNameThatIsTooLongIsRefusedBeforeTheRun() {
    for (int length : new int[] {252, 256}) { // 252 with .nul are 256
      assertThatThrownBy(() -> FailureList.open(directory.resolve("x".repeat(length))))
          .hasMessageContaining("File name too long");
    }
  }

  @Test
  void closingAgainLeavesTheLockOfTheNextRun() throws Exception {
    FailureList list = FailureList.open(file);
    list.finish(true);
    try (FailureList next = FailureList.open(file)) {
      list.close();
      list.abandon();
      assertThat(OtherRun.names(directory)).contains(".list.lota-prestage.lock");
      next.finish(true);
    }
    assertThat(OtherRun.names(directory)).containsExactly("list");
  }
}
