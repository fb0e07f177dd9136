package io.github.lotaprestage.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Result;
import io.github.lotaprestage.object.ObjectRef;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// With `--journal-max-age`, only entries that are young enough count.
@Timeout(120)
class JournalAgeTest {

  private static final URI LOTA = URI.create("http://cwlota.com");

  @TempDir private Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void setUp() {
    file = directory.resolve("journal");
  }

  private void write(String... entries) throws Exception {
    Files.writeString(file, "{\"type\":\"journal\",\"version\":1}\n" + String.join("", entries));
  }

  private static String entry(String key, String etag, String more) {
    return "{\"type\":\"prestaged\",\"bucket\":\"bucket\",\"key\":\"%s\",\"etag\":\"%s\"%s}\n"
        .formatted(key, etag, more);
  }

  private List<String> held(Instant oldest) throws Exception {
    try (Journal journal = Journal.read(file, LOTA, oldest)) {
      return List.of("old", "edge", "young", "none", "odd", "again").stream()
          .filter(key -> journal.holds(new ObjectRef("bucket", key, 1L, "v1", null, null)))
          .toList();
    }
  }

  @Test
  void olderEntriesAndThoseWithoutATimeDoNotCount() throws Exception {
    write(
        entry("old", "v1", ",\"at\":\"2026-03-01T11:59:59Z\""),
        entry("again", "v1", ",\"at\":\"2026-03-01T11:59:59Z\""),
        entry("edge", "v1", ",\"at\":\"2026-03-01T12:00:00Z\""),
        entry("young", "v1", ",\"at\":\"2026-03-01T12:00:01Z\""),
        entry("none", "v1", ""),
        entry("odd", "v1", ",\"at\":\"yesterday\""),
        entry("again", "v1", ",\"at\":\"2026-03-01T12:30:00Z\""));
    assertThat(held(Instant.parse("2026-03-01T12:00:00Z")))
        .containsExactly("edge", "young", "again");
    assertThat(Journal.read(file, LOTA, null).size()).as("without a limit").isEqualTo(6);
  }

  @Test
  void whatIsTooOldIsStagedAgainAndRecordedAgain() throws Exception {
    MemoryOrigin origin = new MemoryOrigin().put("bucket", "old", 5).put("bucket", "young", 5);
    try (LotaEmulator lota = LotaEmulator.before(origin).keepNothing().start()) {
      Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      write(
          entry("old", "etag-5", ",\"at\":\"" + now.minus(2, ChronoUnit.HOURS) + "\""),
          entry("young", "etag-5", ",\"at\":\"" + now.minus(30, ChronoUnit.MINUTES) + "\""));
      String command = "-v --journal-max-age 1h s3://bucket/ --journal";
      Result first = Cli.at(lota).json(command, file);
      assertThat(first.summary().get("prestaged").asInt()).isEqualTo(1);
      assertThat(first.summary().get("skipped").asInt()).isEqualTo(1);
      assertThat(first.err()).contains("older than --journal-max-age").contains("(1)");
      assertThat(lota.seen().successes()).containsOnlyKeys("s3://bucket/old");
      Result second = Cli.at(lota).json(command, file);
      assertThat(second.summary().get("skipped").asInt()).isEqualTo(2);
    }
  }

  @Test
  void theAgeMustBeOneAndNeedsAJournal() {
    Cli cli = Cli.at("http://localhost:9");
    assertThat(cli.run("--journal-max-age 1h s3://bucket/").code()).isEqualTo(2);
    assertThat(cli.run("--journal-max-age 0s s3://bucket/ --journal", file).err())
        .contains("--journal-max-age must be a duration greater than zero");
    assertThat(Files.exists(file)).isFalse();
  }
}
