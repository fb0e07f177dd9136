package io.github.lotaprestage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.cli.options.Option;
import io.github.lotaprestage.cli.options.OptionSet;
import io.github.lotaprestage.cli.options.Options;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The documents that are made from the declarations of the options.
class OptionTextsTest {

  private static final List<OptionSet> SETS = new Options().sets();

  static Stream<Option<?>> options() {
    return SETS.stream().flatMap(set -> set.options().stream());
  }

  @Test
  void theReferenceIsUpToDate() {
    assertThat(Path.of("docs/reference/options.md"))
        .as("docs/reference/options.md is stale; run scripts/reference")
        .hasContent(OptionsPage.of(SETS));
  }

  @ParameterizedTest
  @MethodSource("options")
  void everyOptionIsDescribedInSentences(Option<?> option) {
    assertThat(option.summary()).matches("(?s)\\S.*\\.");
    assertThat(option.details()).matches("(?s)|\\S.*\\.");
  }

  @ParameterizedTest
  @MethodSource("options")
  void everyOptionIsInTheManualPage(Option<?> option) {
    String page = ManPage.of(SETS, "lota-prestage 1.2.3", "2026-03-01");
    assertThat(option.names())
        .allSatisfy(name -> assertThat(page).contains("\\fB" + name.replace("-", "\\-")));
    assertThat(page.lines())
        .filteredOn(line -> line.matches("[.'].*"))
        .allMatch(line -> line.matches("\\.(TH|SH|B|TP|nf|fi)( .*)?"));
  }
}
