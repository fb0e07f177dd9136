package io.github.lotaprestage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.engine.ObjectRef;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.constraints.UniqueElements;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

class JournalPropertyTest {

  private static final URI LOTA = URI.create("http://cwlota.com");

  private Path file = Path.of("");

  @BeforeProperty
  void setUp() throws IOException {
    file = Files.createTempFile("journal", "");
  }

  @AfterProperty
  void tearDown() throws IOException {
    Files.delete(file);
  }

  private static ObjectRef object(String key) {
    return new ObjectRef("bucket", key, 1L, "etag-" + key.hashCode(), null, null);
  }

  @Property(tries = 200)
  void whateverTheKeysAndWhereverItBreaksTheWholeLinesAreHeld(
      @ForAll @UniqueElements List<@StringLength(max = 200) String> keys,
      @ForAll @IntRange(max = 2000) int lost)
      throws Exception {
    Files.write(file, new byte[0]);
    long[] ends = new long[keys.size()];
    try (Journal journal = Journal.open(file, LOTA)) {
      for (int i = 0; i < ends.length; i++) {
        journal.add(object(keys.get(i)));
        ends[i] = Files.size(file);
      }
    }
    byte[] content = Files.readAllBytes(file);
    int kept = Math.max(0, content.length - lost);
    Files.write(file, Arrays.copyOf(content, kept));
    try (Journal journal = Journal.open(file, LOTA)) {
      for (int i = 0; i < ends.length; i++) {
        assertThat(journal.holds(object(keys.get(i)))).isEqualTo(ends[i] <= kept);
      }
    }
  }

  @Property
  void anyBytesAreAJournalOrRefusedAndLeftAsTheyAre(@ForAll byte[] content) throws Exception {
    Files.write(file, content);
    try (Journal journal = Journal.open(file, LOTA)) {
      assertThat(journal.size()).isZero();
    } catch (NotAJournalException e) {
      assertThat(file).hasBinaryContent(content);
    }
  }
}
