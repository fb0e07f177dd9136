package io.github.lotaprestage.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Result;
import io.github.lotaprestage.fixture.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// A set-up that is broken in one way, and what the doctor has to find.
///
/// @param check the check that finds the fault. Every other one succeeds, or says that it was not
///   made because another one failed
/// @param parts of its text and its fix
/// @param also other checks that warn, because the same fault concerns them
record Case(
    String name,
    Story story,
    int exit,
    String check,
    String status,
    List<String> parts,
    Set<String> also) {

  private static final Duration MAX_TIME = Duration.ofSeconds(14);

  /// Runs the doctor in a set-up.
  interface Story {
    Result tell(Scene scene) throws Exception;
  }

  static Building when(String name, Story story) {
    return new Building(name, story);
  }

  record Building(String name, Story story) {
    Case fails(int exit, String check, String... parts) {
      return new Case(name, story, exit, check, "fail", List.of(parts), Set.of());
    }

    Case warns(String check, String... parts) {
      return new Case(name, story, 0, check, "warn", List.of(parts), Set.of());
    }
  }

  Case alsoWarns(String... others) {
    return new Case(name, story, exit, check, status, parts, Set.of(others));
  }

  void examine(Path directory) throws Exception {
    long start = System.nanoTime();
    Result result;
    try (Scene scene = new Scene(directory)) {
      result = story.tell(scene);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .as(result.toString())
        .isLessThan(MAX_TIME);
    result.exits(exit).silent();
    List<String> unexpected = new ArrayList<>();
    boolean found = false;
    for (JsonNode line : result.json()) {
      if (text(line, "name").equals(check)) {
        assertThat(text(line, "status")).as(result.toString()).isEqualTo(status);
        assertThat(text(line, "text") + "; " + text(line, "fix"))
            .as(result.toString())
            .contains(parts);
        assertThat(text(line, "fix")).as(result.toString()).isNotEmpty();
        found = true;
      } else if (!isExpected(line)) {
        unexpected.add(line.toString());
      }
    }
    assertThat(found).as(result.toString()).isTrue();
    assertThat(unexpected).as(result.toString()).isEmpty();
    assertThat(result.out())
        .doesNotContain(TestStore.SECRET_KEY, "not-the-secret", "hidden", "Exception", "\tat ");
  }

  private boolean isExpected(JsonNode line) {
    return switch (text(line, "status")) {
      case "ok" -> true;
      case "warn" ->
          text(line, "text").startsWith("not checked, because the check '" + check + "' failed")
              || also.contains(text(line, "name"))
              || text(line, "text").endsWith(": not LOTA, by its name");
      default -> false;
    };
  }

  private static String text(JsonNode line, String field) {
    return line.has(field) ? line.get(field).asString() : "";
  }

  @Override
  public String toString() {
    return name;
  }
}
