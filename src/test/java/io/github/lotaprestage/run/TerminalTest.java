package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.report.format.Terminal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A run whose streams are a terminal.
@Timeout(60)
class TerminalTest extends AgainstLota {

  private static final Fault.Plan SLOW_ENOUGH_TO_BE_SEEN =
      (request, _, _, _) -> isHead(request) ? new Fault.Delay(Duration.ofMillis(600)) : Fault.NONE;

  private record Window(int columns, int rows) implements Terminal {}

  @BeforeEach
  void fill() {
    origin.put("bucket", "data/日本.tar", 5);
    origin.put("bucket", "bad", 1);
  }

  private Cli at(int columns) {
    return Cli.at(lota()).terminal(new Window(columns, 24)).env("NO_COLOR", "1");
  }

  @ParameterizedTest
  @CsvSource({
    "53, ''",
    "62, '  etag-5'",
    "63, ''",
    "65, ''",
    "66, '  etag-5'",
    "84, '  etag-5'",
    "85, '  etag-5  application/x-tar'",
    "106, '  etag-5  application/x-tar'",
    "107, '  etag-5  application/x-tar  2026-03-01T12:00:00Z'",
  })
  void columnsThatDoNotFitAreLeftOut(int columns, String metadata) {
    at(columns)
        .run("s3://bucket/data/")
        .exits(0)
        .out(out -> out.containsPattern("s3://bucket/data/日本.tar" + metadata + "\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "40, 'prestaged       5 B  s3://buc...日本.tar'",
    "45, 'prestaged       5 B  s3://bucke...ta/日本.tar'",
    "46, 'prestaged       5 B  s3://bucket/data/日本.tar'",
    "20, 'prestaged       5 B  s3:....tar'",
  })
  void narrowTerminalsShowNoSecondsAndShortenTheName(int columns, String line) {
    at(columns).run("s3://bucket/data/").exits(0).out(out -> out.contains(line + "\n"));
  }

  @Test
  void theReasonOfASkippedObjectFits() {
    origin.put("bucket", "data/" + "x".repeat(50), 0);
    at(40)
        .run("s3://bucket/data/")
        .out(out -> out.contains("skipped         0 B  s3:/...xxxxx  empty\n"));
  }

  @Test
  void theSummaryFits() {
    String name = "very-long-name-".repeat(4);
    origin.put("bucket", "data/" + name, 5);
    at(40)
        .run("s3://bucket/data/ s3://bucket/bad")
        .out(out ->
            out.containsPattern("slowest   0[.]... s  s3://buck[.]{3}.{9}\n")
                .contains("         1 B  s3://bucket/bad\n"));
    at(40)
        .run("s3://bucket/data/*", "s3://bucket/" + name, "s3://bucket/")
        .out(out ->
            out.contains(
                "         0 B  s3://b...-name- (1 failed)\n", "1 B  s3:/...ket/ (whole bucket)\n"));
  }

  @Test
  void aWholeBucketIsAnnounced() {
    for (String all : List.of("s3://bucket", "s3://bucket/", "-b bucket", "s3://bucket/*")) {
      at(80)
          .run("-n " + all)
          .exits(0)
          .err(err -> err.contains(" is a whole bucket; press Ctrl-C to stop"))
          .out(out -> out.containsPattern("\ntarget: s3://bucket(/[*]?)? [(]whole bucket[)]\n"));
    }
    at(80).run("-qq s3://bucket").err(err -> err.doesNotContain("whole bucket"));
    at(80).run("s3://bucket/b* s3://bucket/data/").err(err -> err.doesNotContain("whole bucket"));
    Cli.at(lota())
        .run("s3://bucket")
        .silent()
        .outContains("\ntarget: s3://bucket (whole bucket)\n");
  }

  @Test
  void elsewhereAllArePrinted() {
    Cli.at(lota())
        .errTerminal(new Window(40, 24))
        .run("s3://bucket/data/")
        .out(out -> out.contains("etag-5  application/x-tar  2026-03-01T12:00:00Z\n"));
  }

  @Test
  void theReasonOfAFailureIsNeverLeftOut() {
    at(40).run("s3://bucket/missing").exits(1).out(out -> out.contains("(404)"));
  }

  @ParameterizedTest
  @CsvSource({
    "TERM, xterm, true",
    "TERM, dumb, false",
    "TERM, '', false",
    "CI, true, false",
    "CI, false, true",
  })
  void theDisplayChangesOnlyWhereThatWorks(String name, String value, boolean live) {
    Cli cli = Cli.at(faulty(SLOW_ENOUGH_TO_BE_SEEN)).terminal(new Window(80, 24)).env(name, value);
    cli.run("--progress-interval 100ms s3://bucket/")
        .exits(0)
        .err(err -> {
          if (live) {
            err.contains("0 of 2 objects").endsWith("\r\u001b[J");
          } else {
            err.contains("lota-prestage: listed 2, done 0").doesNotContain("\u001b");
          }
        });
  }

  @ParameterizedTest
  @CsvSource({"-q, true", "-qq, false", "--progress never, false", "-qq --progress always, true"})
  void quietKeepsWhatDisappears(String options, boolean live) {
    Cli.at(faulty(SLOW_ENOUGH_TO_BE_SEEN))
        .terminal(new Window(80, 24))
        .run(options + " s3://bucket/")
        .exits(0)
        .err(err -> assertThat(live).isEqualTo(err.actual().contains("in flight")));
  }

  @ParameterizedTest
  @CsvSource({
    "NO_COLOR, 1, false",
    "CLICOLOR_FORCE, 1, true",
    "CLICOLOR_FORCE, 0, false",
    "TERM, xterm, false"
  })
  void coloursWithoutATerminal(String name, String value, boolean coloured) {
    Cli.at(lota())
        .env(name, value)
        .run("s3://bucket/bad")
        .out(out -> assertThat(coloured).isEqualTo(out.actual().contains("\u001b[32mprestaged")));
  }

  @Test
  void noColourWins() {
    at(80)
        .env("CLICOLOR_FORCE", "1")
        .run("s3://bucket/bad")
        .out(out -> out.doesNotContain("\u001b["));
  }

  @Test
  void twoVerbosesAreDebug() {
    Cli.at(lota()).run("-v s3://bucket/bad").errContains("info: ");
    Cli.at(lota()).run("-vv s3://bucket/bad").errContains("debug: ");
  }
}
