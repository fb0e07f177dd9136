package io.github.lotaprestage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.DialectId;
import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The JSON Schemas of the documentation. What the program prints is held against them wherever a
/// test runs it, see [Schemas].
class SchemaTest {

  private static final Path PAGE = Path.of("docs/reference/json.md");

  static Set<String> names() {
    return Schemas.read().keySet();
  }

  @ParameterizedTest
  @MethodSource("names")
  void eachIsASchema(String name) {
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of(DialectId.DRAFT_2020_12))
                .validate(Schemas.read(name).toString(), InputFormat.JSON))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("names")
  void eachIsLinkedFromTheReference(String name) throws IOException {
    assertThat(Files.readString(PAGE)).contains("(schema/" + name + ".schema.json)");
  }

  /// The journal is described with the other files.
  @ParameterizedTest
  @MethodSource("names")
  void theReferenceDescribesEachField(String name) throws IOException {
    String pages = Files.readString(PAGE) + Files.readString(Path.of("docs/reference/files.md"));
    Set<String> fields = new TreeSet<>();
    addFields(Schemas.read(name), fields);
    assertThat(fields).isNotEmpty();
    assertThat(fields)
        .allSatisfy(field -> assertThat(pages).containsPattern("[`\"]" + field + "[`\"]"));
  }

  private static void addFields(JsonNode schema, Set<String> fields) {
    fields.addAll(schema.path("properties").propertyNames());
    schema.forEach(part -> addFields(part, fields));
  }

  static List<String> examples() throws IOException {
    Pattern block = Pattern.compile("(?ms)^```json\n(.*?)^```");
    return Stream.of(PAGE, Path.of("docs/how-to/use-results-in-scripts.md"))
        .flatMap(page -> block.matcher(read(page)).results().flatMap(found -> lines(found)))
        .toList();
  }

  private static Stream<String> lines(MatchResult block) {
    return block.group(1).lines();
  }

  private static String read(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theExamplesFollowThem(String line) {
    Schemas.validate(line + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"other\"}",
        "{\"key\":\"without a type\"}",
        "{\"type\":\"message\",\"level\":\"warn\",\"text\":\"t\",\"new\":1}",
        "{\"type\":\"message\",\"level\":\"loud\",\"text\":\"t\"}",
        "{\"type\":\"message\",\"level\":\"warn\"}",
        "{\"type\":\"object\",\"status\":\"planned\",\"bucket\":\"b\",\"key\":\"k\",\"size\":\"1\"}",
        "{\"type\":\"object\",\"status\":\"planned\",\"bucket\":\"b\",\"key\":\"k\",\"size\":-1}",
        "{\"type\":\"object\",\"status\":\"skipped\",\"bucket\":\"b\",\"key\":\"k\"}",
        "{\"type\":\"object\",\"status\":\"planned\",\"bucket\":\"b\",\"key\":\"k\",\"last_modified\":\"now\"}",
        "{\"type\":\"object\",\"status\":\"failed\",\"bucket\":\"b\",\"key\":\"k\",\"attempts\":1,"
            + "\"duration_ms\":1,\"error\":{\"code\":\"C\",\"message\":\"m\",\"retryable\":true,\"x\":1}}",
        "{\"type\":\"summary\",\"status\":\"ok\",\"listing_complete\":true,\"exit_code\":1}",
        "{\"type\":\"summary\",\"status\":\"ok\",\"listing_complete\":true,\"exit_code\":0,\"listed\":1}",
        "{\"type\":\"journal\",\"version\":2}",
        "{not JSON}",
      })
  void otherLinesAreRefused(String line) {
    assertThatThrownBy(() -> Schemas.validate(line + "\n")).isInstanceOf(AssertionError.class);
  }

  @Test
  void aJournalFollowsItsSchema(@TempDir Path directory) throws IOException {
    Path journal = directory.resolve("journal");
    try (LotaEmulator lota =
        LotaEmulator.before(new MemoryOrigin().put("bucket", "k", 1)).start()) {
      Cli.at(lota).run("--journal", journal, "s3://bucket/k").exits(0);
    }
    List<String> lines = Files.readAllLines(journal);
    assertThat(lines).hasSize(2).allSatisfy(line -> Schemas.validate(line, "journal"));
  }
}
