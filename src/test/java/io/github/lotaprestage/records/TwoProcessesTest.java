package io.github.lotaprestage.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lotaprestage.fixture.OtherRun;
import io.github.lotaprestage.object.ObjectRef;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two processes and one file.
@Timeout(120)
class TwoProcessesTest {

  private static final URI LOTA = URI.create("http://cwlota.com");

  @TempDir private Path directory;

  private void open(String option, Path file) throws Exception {
    if (option.equals("--journal")) {
      Journal.open(file, LOTA, null).close();
    } else {
      FailureList.open(file).close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--journal", "--failed-to"})
  void whatAnotherProcessUsesIsInUse(String option) throws Exception {
    Path file = directory.resolve("file");
    open(option, file); // a journal that is read at the start
    try (OtherRun other = OtherRun.using(option, file)) {
      assertThat(other.answer()).isEqualTo("held");
      assertThatThrownBy(() -> open(option, file)).isInstanceOf(FileInUseException.class);
      Path link = Files.createSymbolicLink(directory.resolve("link"), file);
      assertThatThrownBy(() -> open(option, link)).isInstanceOf(FileInUseException.class);
    }
    open(option, file);
  }

  /// The journal has been read to its end by then. Reading it through a second descriptor, and
  /// closing that, would drop the lock.
  @Test
  void aJournalStaysLockedAfterItWasRead() throws Exception {
    Path file = directory.resolve("journal");
    ObjectRef object = new ObjectRef("bucket", "key", 1L, "v1", null, null);
    try (Journal journal = Journal.open(file, LOTA, null)) {
      journal.add(object);
    }
    try (Journal journal = Journal.open(file, LOTA, null)) {
      assertThat(journal.holds(object)).isTrue();
      try (OtherRun other = OtherRun.using("--journal", file)) {
        assertThat(other.answer()).isEqualTo("another run is using it");
      }
      journal.add(object);
    }
    try (OtherRun other = OtherRun.using("--journal", file)) {
      assertThat(other.answer()).isEqualTo("held");
    }
  }

  /// `--failed-to list --files-from list` is a documented use.
  @Test
  void aListStaysLockedAfterTheRunHasReadIt() throws Exception {
    Path file = Files.writeString(directory.resolve("list"), "s3://bucket/key\n");
    try (FailureList list = FailureList.open(file)) {
      assertThat(Files.readString(file)).isNotEmpty();
      try (OtherRun other = OtherRun.using("--failed-to", file)) {
        assertThat(other.answer()).isEqualTo("another run is using it");
      }
      list.finish(true);
    }
    assertThat(OtherRun.names(directory)).containsExactly("list");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--journal", "--failed-to"})
  void whatAKilledProcessLeavesIsHarmless(String option) throws Exception {
    Path file = directory.resolve("file");
    OtherRun other = OtherRun.using(option, file);
    assertThat(other.answer()).isEqualTo("held");
    other.kill();
    open(option, file);
    assertThat(OtherRun.names(directory)).doesNotContain(".file.lota-prestage.lock");
  }
}
