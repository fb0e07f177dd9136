package io.github.lotaprestage.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.MarkdownLinks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The program comes with its documentation.
class ShippedPagesIT {

  private static final Path TOP = Path.of(Program.PATH).getParent().getParent();

  static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(TOP)) {
      return files
          .filter(
              file -> file.toString().endsWith(".md") && !file.startsWith(TOP.resolve("runtime")))
          .sorted()
          .toList();
    }
  }

  @Test
  void thePagesOfTheRepositoryAreThere() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("docs"))) {
      assertThat(files.filter(Files::isRegularFile).toList())
          .isNotEmpty()
          .allSatisfy(file -> assertThat(TOP.resolve(file)).hasSameBinaryContentAs(file));
    }
  }

  @Test
  void theManualPageAndTheCompletionsAreThere() {
    assertThat(TOP.resolve("share/man/man1/lota-prestage.1"))
        .content()
        .contains(".TH LOTA-PRESTAGE", "\\-\\-dry\\-run");
    assertThat(TOP.resolve("share/bash-completion/completions/lota-prestage"))
        .content()
        .contains("complete -F", "--dry-run");
    assertThat(TOP.resolve("share/zsh/site-functions/_lota-prestage"))
        .content()
        .contains("#compdef lota-prestage", "--dry-run");
    assertThat(TOP.resolve("share/fish/vendor_completions.d/lota-prestage.fish"))
        .content()
        .contains("complete -c lota-prestage", "-l dry-run");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyRelativeLinkLeadsSomewhere(Path page) throws IOException {
    for (String link : MarkdownLinks.in(page)) {
      assertThat(MarkdownLinks.target(page, link)).as("%s in %s", link, page).exists();
    }
  }
}
