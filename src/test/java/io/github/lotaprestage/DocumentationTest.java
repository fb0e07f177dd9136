package io.github.lotaprestage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.MarkdownLinks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The pages of the documentation lead to each other, and to tests that exist.
class DocumentationTest {

  private static final Path README = Path.of("README.md");

  /// A test class in code quotes, and perhaps one of its methods.
  private static final Pattern TEST =
      Pattern.compile("`([A-Z]\\w*[a-z](?:Test|IT|Contract))(?:\\.(\\w+))?`");

  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(README));
    for (Path top : List.of(Path.of("docs"), Path.of(".github"))) {
      try (Stream<Path> files = Files.walk(top)) {
        files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
      }
    }
    return pages;
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyRelativeLinkLeadsSomewhere(Path page) throws IOException {
    for (String link : MarkdownLinks.in(page)) {
      Path target = MarkdownLinks.target(page, link);
      assertThat(target).as("%s in %s", link, page).exists();
      int hash = link.indexOf('#');
      if (hash >= 0) {
        assertThat(anchors(target)).as("%s in %s", link, page).contains(link.substring(hash + 1));
      }
    }
  }

  @Test
  void everyPageCanBeReachedFromTheReadme() throws IOException {
    List<Path> reached = new ArrayList<>(List.of(README));
    for (int i = 0; i < reached.size(); i++) {
      Path page = reached.get(i);
      MarkdownLinks.in(page).stream()
          .map(link -> MarkdownLinks.target(page, link))
          .filter(target -> target.toString().endsWith(".md") && !reached.contains(target))
          .forEach(reached::add);
    }
    assertThat(reached)
        .containsAll(pages().stream().filter(page -> page.startsWith("docs")).toList());
  }

  @Test
  void theReadmeIsForDecidingAndStarting() throws IOException {
    assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(150);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyTestThatIsNamedExists(Path page) throws IOException {
    for (MatchResult named : TEST.matcher(Files.readString(page)).results().toList()) {
      Path file = testClass(named.group(1));
      assertThat(file).as("%s in %s", named.group(), page).exists();
      if (named.group(2) != null) {
        assertThat(file).content().as(page.toString()).contains(" " + named.group(2) + "(");
      }
    }
  }

  private static Path testClass(String name) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      return files
          .filter(file -> file.endsWith(name + ".java"))
          .findFirst()
          .orElse(Path.of("src/test/java", name + ".java"));
    }
  }

  /// As GitHub derives them from headings.
  private static List<String> anchors(Path page) throws IOException {
    String prose = Files.readString(page).replaceAll("(?ms)^```.*?^```", "");
    return HEADING.matcher(prose).results().map(DocumentationTest::anchor).toList();
  }

  private static String anchor(MatchResult heading) {
    return heading
        .group(1)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }
}
