package io.github.lotaprestage.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Result;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Results and messages of `-o json` in one file or pipe, as in the log of a container.
@Timeout(180)
class MergedOutputIT {

  private static final int OBJECTS = 3000;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"2>&1 | cat", "> \"$1\"/log 2>&1; cat \"$1\"/log"})
  void everyLineCanBeParsedEvenIfEveryRequestFails(String merged) throws Exception {
    String name = "long-name/".repeat(60);
    MemoryOrigin origin =
        new MemoryOrigin().generate("bucket", OBJECTS, number -> name + "%06d".formatted(number));
    try (LotaEmulator lota =
        LotaEmulator.before(origin)
            .countOnly()
            .faults((request, _, key, attempt) -> {
              if (!request.method().equals("HEAD") || key.endsWith("0")) {
                return Fault.NONE;
              }
              return attempt < 3 ? Fault.status(500, "InternalError") : Fault.status(403, "Denied");
            })
            .start()) {
      Result run =
          Program.at(lota)
              .shell(
                  "\"$0\" -o json -v --progress-interval 1ms --max-attempts 4 s3://bucket/ "
                      + merged,
                  directory);
      Map<String, Long> types =
          run.json().stream()
              .collect(
                  Collectors.groupingBy(
                      line -> line.get("type").asString(), Collectors.counting()));
      assertThat(types).containsEntry("object", (long) OBJECTS).containsEntry("summary", 1L);
      assertThat(types.get("message")).isGreaterThan(OBJECTS);
      assertThat(types.get("progress")).isPositive();
    }
  }

  @Test
  void whatTheLauncherSaysIsJsonToo() throws Exception {
    Program.bare()
        .env("LOTA_PRESTAGE_JAVA_OPTS", "-Xbogus\"quote\\")
        .json("s3://bucket/key")
        .exits(3)
        .noOutput()
        .err(err ->
            err.startsWith("lota-prestage: Java cannot start: check ")
                .contains("-Xbogus\"quote\\"));
    Result text = Program.bare().env("LOTA_PRESTAGE_JAVA_OPTS", "-Xbogus").run("s3://bucket/key");
    assertThat(text.err()).startsWith("lota-prestage: Java cannot start");
    Result json =
        Program.bare()
            .env("LOTA_PRESTAGE_JAVA_OPTS", "-Xbogus")
            .env("LOTA_PRESTAGE_OUTPUT", "json")
            .run("s3://bucket/key");
    assertThat(json.said("message")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-o json", "-qojson", "--output=json"})
  void argumentsThatAreNotUtf8AreRefusedInJson(String option) throws Exception {
    Result run =
        Program.bare().shell("\"$0\" " + option + " $'s3://bucket/\\xff'").exits(2).noOutput();
    assertThat(run.said("message")).hasSize(1);
  }
}
