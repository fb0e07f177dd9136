package io.github.lotaprestage.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Generated;
import io.github.lotaprestage.object.ObjectRef;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalPropertyTest {

  private static final URI LOTA = URI.create("http://cwlota.com");

  @TempDir private Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void setUp() {
    file = directory.resolve("journal");
  }

  private static ObjectRef object(String key) {
    return new ObjectRef("bucket", key, 1L, "etag-" + key.hashCode(), null, null);
  }

  @Test
  void whateverTheKeysAndWhereverItBreaksTheWholeLinesAreHeld() {
    Generated.cases(
        200,
        input ->
            holdsTheWholeLines(
                input.list(100, () -> input.wellFormed(200)).stream().distinct().toList(),
                input.number(2000)));
  }

  private void holdsTheWholeLines(List<String> keys, int lost) throws Exception {
    Files.write(file, new byte[0]);
    long[] ends = new long[keys.size()];
    try (Journal journal = Journal.open(file, LOTA, null)) {
      for (int i = 0; i < ends.length; i++) {
        journal.add(object(keys.get(i)));
        ends[i] = Files.size(file);
      }
    }
    byte[] content = Files.readAllBytes(file);
    int kept = Math.max(0, content.length - lost);
    Files.write(file, Arrays.copyOf(content, kept));
    try (Journal journal = Journal.open(file, LOTA, null)) {
      for (int i = 0; i < ends.length; i++) {
        assertThat(journal.holds(object(keys.get(i)))).isEqualTo(ends[i] <= kept);
      }
    }
  }

  @Test
  void anyBytesAreAJournalOrRefusedAndLeftAsTheyAre() {
    Generated.cases(1000, input -> isAJournalOrRefused(input.bytes(255)));
  }

  private void isAJournalOrRefused(byte[] content) throws Exception {
    Files.write(file, content);
    try (Journal journal = Journal.open(file, LOTA, null)) {
      assertThat(journal.size()).isZero();
    } catch (NotAJournalException e) {
      assertThat(file).hasBinaryContent(content);
    }
  }
}
