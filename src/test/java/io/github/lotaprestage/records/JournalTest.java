package io.github.lotaprestage.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lotaprestage.object.ObjectRef;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {

  private static final URI LOTA = URI.create("http://cwlota.com");

  @TempDir private Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void setUp() {
    file = directory.resolve("journal");
  }

  private static ObjectRef object(String key, String etag) {
    return new ObjectRef("bucket", key, 1L, etag, null, null);
  }

  private void note(ObjectRef... objects) throws Exception {
    try (Journal journal = Journal.open(file, LOTA, null)) {
      for (ObjectRef object : objects) {
        journal.add(object);
      }
      assertThat(journal.failure()).isNull();
    }
  }

  private boolean holds(ObjectRef object) throws Exception {
    try (Journal journal = Journal.open(file, LOTA, null)) {
      return journal.holds(object);
    }
  }

  @Test
  void whatWasNotedIsHeldByTheNextRun() throws Exception {
    List<ObjectRef> objects =
        List.of(
            object("a", "v1"),
            object("with \"quotes\" and\nnewlines", "v1"),
            object("ünï/😀", "v-2"),
            object("\u0001", "x"));
    note(objects.toArray(ObjectRef[]::new));
    for (ObjectRef object : objects) {
      assertThat(holds(object)).isTrue();
    }
    assertThat(holds(object("a", "v2"))).isFalse();
    assertThat(holds(object("b", "v1"))).isFalse();
    note(object("b", "v1"));
    assertThat(holds(object("a", "v1"))).isTrue();
    assertThat(holds(object("b", "v1"))).isTrue();
    assertThat(Files.readAllLines(file)).hasSize(6);
  }

  @Test
  void onlyItsOwnerMayReadIt() throws Exception {
    note();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  /// Cut anywhere, as by `kill -9` or a full disk: what was whole stays, and the next run appends.
  @Test
  void aTornLastLineIsCutOffWhereverItBroke() throws Exception {
    note(object("a", "v1"), object("b", "v1"));
    byte[] whole = Files.readAllBytes(file);
    int afterA = new String(whole, java.nio.charset.StandardCharsets.US_ASCII).indexOf("\"b\"");
    for (int length = whole.length; length >= 0; length--) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      assertThat(holds(object("b", "v1"))).isEqualTo(length == whole.length);
      if (length >= afterA) {
        assertThat(holds(object("a", "v1"))).isTrue();
      }
      note(object("c", "v1"));
      assertThat(holds(object("c", "v1"))).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://bucket/key\n",
        "\n",
        "s3://bucket/key",
        "{\"type\":\"journal\",\"version\":2}\n",
        "{\"type\":\"journal\",\"version\":1}\n{\"type\":\"object\"}\n",
        "{\"type\":\"journal\",\"version\":1}\n\n",
        "{\"type\":\"journal\",\"version\":1}\nnonsense\n",
        """
        {"type":"journal","version":1}
        {"type":"prestaged","bucket":"b","key":"k"}
        """,
      })
  void whatIsNoJournalIsRefusedAndLeftAsItIs(String content) throws Exception {
    Files.writeString(file, content);
    assertThatThrownBy(() -> Journal.open(file, LOTA, null))
        .isInstanceOf(NotAJournalException.class);
    assertThat(file).hasContent(content);
  }

  @Test
  void aLineWithoutEndDoesNotFillTheMemory() throws Exception {
    Files.write(file, new byte[1 << 20]);
    assertThatThrownBy(() -> Journal.open(file, LOTA, null))
        .isInstanceOf(NotAJournalException.class);
  }

  @Test
  void fieldsOfLaterVersionsArePassedOver() throws Exception {
    Files.writeString(
        file,
        """
        {"type":"journal","version":1}
        {"more":{"etag":"no"},"type":"prestaged","bucket":"bucket","key":"a","etag":"v1","x":[1]}
        """);
    assertThat(holds(object("a", "v1"))).isTrue();
  }

  @Test
  void oneWriterAtATime() throws Exception {
    try (Journal first = Journal.open(file, LOTA, null)) {
      assertThat(first.size()).isZero();
      assertThatThrownBy(() -> Journal.open(file, LOTA, null))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another run");
    }
    note(object("a", "v1"));
  }

  @Test
  void anInterruptedThreadBreaksItForNobody() throws Exception {
    try (Journal journal = Journal.open(file, LOTA, null)) {
      Thread.currentThread().interrupt();
      journal.add(object("a", "v1"));
      assertThat(Thread.interrupted()).isTrue();
      journal.add(object("b", "v1"));
      assertThat(journal.failure()).isNull();
    }
    assertThat(holds(object("a", "v1"))).isTrue();
    assertThat(holds(object("b", "v1"))).isTrue();
  }
}
