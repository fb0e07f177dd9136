package io.github.lotaprestage.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.engine.InputTotals;
import io.github.lotaprestage.engine.Summary;
import io.github.lotaprestage.engine.Tally;
import io.github.lotaprestage.object.Chosen;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.report.ExitStatus;
import io.github.lotaprestage.report.RunReport;
import io.github.lotaprestage.report.sink.Snapshot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlReportTest {

  private static ObjectRef object(String key) {
    return new ObjectRef("bucket", key, 7L, "e", null, null);
  }

  private static Snapshot at(long second) {
    return new Snapshot(
        10 * second,
        10 * second,
        false,
        10 * second,
        9 * second,
        0,
        second,
        0,
        0,
        0,
        second << 30,
        50,
        Duration.ZERO,
        Duration.ofSeconds(second));
  }

  /// The worst that a store can answer: long names full of markup, and a code for every object.
  @Test
  void thePageIsSmallWhateverThereIs() {
    String key = "&".repeat(1024);
    HtmlReport report = new HtmlReport();
    Tally tally = new Tally();
    for (int i = 0; i < 20_000; i++) {
      Failure failure =
          Failure.local(
              Failure.Kind.REJECTED, "Code" + i % 200 + "&".repeat(500), "&".repeat(4000));
      Outcome failed =
          new Outcome.Failed(object(i + key), failure, new Outcome.Attempts(1, 1), Duration.ZERO);
      Outcome staged =
          new Outcome.Prestaged(
              object(key + i), null, new Outcome.Attempts(1, 0), Duration.ofMillis(i));
      for (Outcome outcome : List.of(failed, staged)) {
        report.object(outcome);
        tally.add(outcome);
      }
      report.progress(at(i + 1));
    }
    Summary some = tally.summary(40_000, Duration.ofSeconds(20_000));
    Summary summary =
        new Summary(
            some.listed(),
            some.prestaged(),
            some.skipped(),
            some.unsent(),
            some.failed(),
            some.planned(),
            some.bytes(),
            some.retries(),
            some.throttled(),
            some.elapsed(),
            some.latency(),
            some.slowest(),
            some.failures(),
            some.hopeless(),
            some.sourceProblems(),
            Collections.nCopies(10_000, new InputTotals(key, 1, 0, 0, 0, 1)));
    List<Setting> settings = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      settings.add(new Setting("--option-" + i, "&".repeat(700), "command line"));
    }
    report.describe("lota-prestage 1", settings);
    RunReport end =
        new RunReport(
            summary,
            ExitStatus.FAILED,
            true,
            "http://cwlota.com",
            null,
            new RunReport.Details(
                0,
                Collections.nCopies(10_000, new Chosen(key, key, key)),
                0,
                null,
                null,
                null,
                null));
    byte[] page = report.page(end);
    assertThat(page.length).isBetween(100_000, 999_999);
    assertThat(report.cutOff(ExitStatus.SIGTERM).length).isBetween(50_000, 999_999);
    assertThat(new String(page, StandardCharsets.UTF_8)).contains("and 9,950 more");
  }

  @Test
  void aRunThatIsCutOffShowsWhatIsKnown() {
    HtmlReport report = new HtmlReport();
    for (int second = 1; second <= 5; second++) {
      report.progress(at(second));
    }
    assertThat(new String(report.cutOff(ExitStatus.SIGINT), StandardCharsets.UTF_8))
        .contains("SIGINT ended the run at once: at least 45 objects are in the cache.")
        .contains("Over time", "peak 1.0 GiB/s", "peak 50");
  }

  @Test
  void namesCannotLeaveTheirPlace() {
    assertThat(Html.escaped("<a href=\"x\">&'\u202e\u0000\n\ud83d"))
        .isEqualTo("&lt;a href=&quot;x&quot;&gt;&amp;'\\u{202e}\\u{0}\\n\\u{d83d}");
  }

  @Test
  void longNamesKeepBothEnds() {
    String name = "😀".repeat(150) + "x".repeat(300) + "😀".repeat(150);
    assertThat(Html.shortened(name))
        .startsWith("😀")
        .endsWith("😀")
        .contains(" … ")
        .hasSizeLessThan(410);
    assertThat(Html.shortened(name).codePoints())
        .noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
    assertThat(Html.shortened("x".repeat(400))).hasSize(400);
  }
}
