package io.github.lotaprestage.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.object.ObjectRef;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A journal holds what was staged through an endpoint, since another one may be another cache.
class JournalEndpointTest {

  private static final URI ONE = URI.create("http://one:8080");
  private static final URI OTHER = URI.create("http://other:8080");

  @TempDir private Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void setUp() {
    file = directory.resolve("journal");
  }

  private static ObjectRef object(String key) {
    return new ObjectRef("bucket", key, 1L, "v1", null, null);
  }

  private void stage(URI endpoint, String key) throws Exception {
    try (Journal journal = Journal.open(file, endpoint, null)) {
      journal.add(object(key));
    }
  }

  private boolean holds(URI endpoint, String key) throws Exception {
    try (Journal journal = Journal.open(file, endpoint, null)) {
      assertThat(journal.knows(object(key))).isEqualTo(journal.holds(object(key)));
      return journal.holds(object(key));
    }
  }

  @Test
  void anEntryCountsForItsEndpointOnly() throws Exception {
    stage(ONE, "a");
    assertThat(holds(ONE, "a")).isTrue();
    assertThat(holds(OTHER, "a")).isFalse();
  }

  @Test
  void oneJournalServesSeveralEndpoints() throws Exception {
    stage(ONE, "a");
    stage(OTHER, "a");
    stage(OTHER, "b");
    assertThat(holds(ONE, "a")).isTrue();
    assertThat(holds(OTHER, "a")).isTrue();
    assertThat(holds(ONE, "b")).isFalse();
    assertThat(holds(OTHER, "b")).isTrue();
  }

  @Test
  void anEntryWithoutEndpointCountsForAll() throws Exception {
    Files.writeString(
        file,
        """
        {"type":"journal","version":1}
        {"type":"prestaged","bucket":"bucket","key":"a","etag":"v1"}
        """);
    assertThat(holds(ONE, "a")).isTrue();
    assertThat(holds(OTHER, "a")).isTrue();
  }

  @Test
  void anEntrySaysWhenItWasStaged() throws Exception {
    stage(ONE, "a");
    assertThat(Files.readAllLines(file).getLast())
        .matches(".*\"endpoint\":\"http://one:8080\",\"at\":\"\\d{4}-\\d\\d-\\d\\dT[0-9:]+Z\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "http://cwlota.com, http://cwlota.com",
    "HTTP://CWLOTA.com, http://cwlota.com",
    "http://cwlota.com/, http://cwlota.com",
    "http://cwlota.com:80/, http://cwlota.com",
    "http://cwlota.com.:80, http://cwlota.com",
    "http://cwlota.com., http://cwlota.com",
    "https://store:443, https://store",
    "https://store:80, https://store:80",
    "http://store:443, http://store:443",
    "http://store:8080, http://store:8080",
    "http://my_store:80, http://my_store",
    "http://[::1]:80, http://[::1]",
    "http://[::80], http://[::80]",
  })
  void namesOfOneEndpointAreOne(URI endpoint, String name) {
    assertThat(Journal.name(endpoint)).isEqualTo(name);
  }
}
