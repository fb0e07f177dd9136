package io.github.lotaprestage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.report.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// The reference agrees with the program.
class ReferenceTest {

  private static final Set<String> OF_SLURM = Set.of("--exclusive", "--kill-on-invalid-dep");
  private static final Path REFERENCE = Path.of("docs/reference");

  /// An option in code quotes, with or without the name of the program before it.
  private static final Pattern OPTION =
      Pattern.compile("`(?:lota-prestage )?(--[a-z][a-z0-9-]*)[^`]*`");

  /// The beginning of a call that makes a failure, or of advice for some, up to their codes.
  private static final Pattern CODES =
      Pattern.compile(
          "(?:Kind\\.[A-Z_]+,|Map\\.entry\\(\\d+,|new (?:Failed|Invalid)\\(|case)"
              + "((?:\\s*\"[A-Z]\\w+\",?)+)");

  private static final Pattern WORD = Pattern.compile("\\w+");

  @ParameterizedTest
  @EnumSource
  void everyExitCodeIsListed(ExitStatus status) throws IOException {
    assertThat(Files.readString(REFERENCE.resolve("exit-codes.md")))
        .containsPattern("(?m)^\\| " + status.code() + " \\|");
  }

  @Test
  void everyFieldOfTheJsonIsListed() throws IOException {
    MemoryOrigin origin = new MemoryOrigin().put("bucket", "good", 1).put("bucket", "bad", 1);
    try (LotaEmulator lota =
        LotaEmulator.before(origin)
            .faults((request, _, key, _) ->
                request.method().equals("HEAD") && key.equals("bad")
                    ? Fault.status(403, "AccessDenied")
                    : Fault.NONE)
            .start()) {
      Set<String> fields = new TreeSet<>();
      Cli.at(lota).json("-b bucket -k good -k bad").json().forEach(line -> addFields(line, fields));
      String page = Files.readString(REFERENCE.resolve("json.md"));
      assertThat(fields).contains("status", "http_status", "exit_code", "p99");
      assertThat(fields).allSatisfy(field -> assertThat(page).contains("`" + field + "`"));
    }
  }

  @Test
  void everyErrorCodeIsInTheTroubleshootingGuide() throws IOException {
    String guide = Files.readString(Path.of("docs/how-to/troubleshoot.md"));
    Set<String> codes = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      for (Path source : sources.filter(ReferenceTest::mayMakeFailures).toList()) {
        CODES
            .matcher(Files.readString(source))
            .results()
            .flatMap(found -> WORD.matcher(found.group(1)).results())
            .map(MatchResult::group)
            .forEach(codes::add);
      }
    }
    assertThat(codes).contains("ExpiredCertificate", "SlowDown", "NoETag", "NotAManifest", "NotS3");
    assertThat(codes).allSatisfy(code -> assertThat(guide).contains("`" + code + "`"));
  }

  /// The words in the other two are names of XML elements.
  private static boolean mayMakeFailures(Path source) {
    return source.toString().endsWith(".java")
        && !source.endsWith("PageReader.java")
        && !source.endsWith("ErrorBody.java");
  }

  private static void addFields(JsonNode node, Set<String> fields) {
    node.properties()
        .forEach(property -> {
          fields.add(property.getKey());
          addFields(property.getValue(), fields);
        });
  }

  /// The changelog may name options of earlier versions.
  static List<Path> pages() throws IOException {
    return DocumentationTest.pages().stream()
        .filter(page -> !page.endsWith("CHANGELOG.md"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyOptionThatIsNamedExists(Path page) throws IOException {
    Set<String> known = names("(--[a-z][a-z0-9-]*)", Cli.bare().run("--help").out());
    Set<String> named =
        OPTION
            .matcher(Files.readString(page))
            .results()
            .map(match -> match.group(1))
            .filter(option -> !OF_SLURM.contains(option))
            .collect(Collectors.toSet());
    assertThat(known).as(page.toString()).containsAll(named);
  }

  private static Set<String> names(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }
}
