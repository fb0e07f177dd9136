package io.github.lotaprestage.report.html;

import io.github.lotaprestage.engine.sample.Percentiles;
import io.github.lotaprestage.engine.sample.ReadReport;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.RunEvent.Round;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.report.Advice;
import io.github.lotaprestage.report.ExitStatus;
import io.github.lotaprestage.report.RunReport;
import io.github.lotaprestage.report.format.Times;
import io.github.lotaprestage.report.format.Units;
import io.github.lotaprestage.report.sink.Sink;
import io.github.lotaprestage.report.sink.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gathers what happens in a run and makes one page of it. Safe for use by several threads, because
/// a run that is cut off may still go on for a moment.
public final class HtmlReport implements Sink {

  private static final int MAX_PROBLEMS = 10;

  private final Instant begin = Instant.now();
  private final History history = new History();
  private List<Setting> settings = List.of();
  private String program = "lota-prestage";

  /// From now on the page says how the program was called.
  ///
  /// @param version name and version of the program
  public synchronized void describe(String version, List<Setting> used) {
    program = version;
    settings = List.copyOf(used);
  }

  @Override
  public synchronized void object(Outcome outcome) {
    history.add(outcome);
  }

  @Override
  public synchronized void round(Round round) {
    history.add(round);
  }

  @Override
  public synchronized Duration interval() {
    return history.spacing();
  }

  @Override
  public synchronized void progress(Snapshot now) {
    history.add(now);
  }

  @Override
  public void failed(IOException failure) {
    throw new IllegalStateException("gathering does not fail", failure);
  }

  /// The page of a run that has ended.
  public synchronized byte[] page(RunReport report) {
    RunReport.Details details = report.details();
    Totals totals = Totals.of(report.summary());
    history.end(totals);
    Html html = new Html();
    String began = details.merged() == null ? began() : "";
    begin(html, Verdict.of(report, totals), began, totals, report.endpoint(), report.status());
    next(html, report);
    html.close("header");
    if (totals.listed() + totals.selected() > 0) {
      figures(html, totals, details.plan() != null);
    }
    problems(html, report.summary().sourceProblems());
    if (details.plan() == null) {
      new Chart(html, history.moments()).write();
    } else {
      new PlanSection(html).write(details.plan());
    }
    new FailureSection(html).write(report.summary().failures());
    ObjectSections objects = new ObjectSections(html);
    objects.targets(report.summary().inputs(), details.plan() != null);
    objects.chosen(details.chosen());
    objects.skipped(history.skipped());
    objects.latency(report.summary().latency(), history.slowest());
    reads(html, details.reads());
    return end(html);
  }

  /// The page of a run that was cut off before it added up: it has what was known then.
  public synchronized byte[] cutOff(ExitStatus status) {
    Totals totals = history.totals();
    Html html = new Html();
    begin(html, Verdict.cutOff(status, totals), began(), totals, null, status);
    html.close("header");
    figures(html, totals, false);
    new Chart(html, history.moments()).write();
    new FailureSection(html).write(history.failures());
    ObjectSections objects = new ObjectSections(html);
    objects.skipped(history.skipped());
    objects.latency(null, history.slowest());
    return end(html);
  }

  private String began() {
    return " · began " + time(begin);
  }

  private static void begin(
      Html html,
      Verdict verdict,
      String began,
      Totals totals,
      @Nullable String endpoint,
      ExitStatus status) {
    html.markup("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .markup("<meta http-equiv=\"Content-Security-Policy\" content=\"")
        .markup(Style.contentSecurityPolicy())
        .markup("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .markup("<meta name=\"referrer\" content=\"no-referrer\">\n")
        .line("title", "lota-prestage: " + verdict.text())
        .open("style")
        .markup(Style.SHEET)
        .close("style")
        .markup("</head>\n")
        .open("body")
        .open("header", verdict.style())
        .line("h1", verdict.text());
    html.line(
        "p",
        "Exit code "
            + status.code()
            + began
            + " · ran "
            + Times.measured(totals.elapsed())
            + (endpoint == null ? "" : " · " + endpoint));
  }

  private static String time(Instant instant) {
    return instant
        .truncatedTo(ChronoUnit.SECONDS)
        .toString()
        .replace('T', ' ')
        .replace("Z", " UTC");
  }

  private void next(Html html, RunReport report) {
    Failure error = report.error();
    if (error != null) {
      html.line("p", "next", Html.shortened(error.describe()));
      if (report.details().merged() == null) { // the advice for one shard is in its own summary
        html.line("p", "Next: " + Advice.next(error) + ".");
      }
    }
    String consequence = Verdict.consequence(report, history.skipped());
    if (consequence != null) {
      html.line("p", "next", consequence);
    }
    if (!report.listingComplete() && report.summary().selected() > 0) {
      html.line("p", "next", "Listing did not finish; more objects may exist.");
    }
  }

  private void figures(Html html, Totals totals, boolean dryRun) {
    html.open("dl", "figures");
    figure(
        html, dryRun ? "Planned" : "Staged", count(dryRun ? totals.planned() : totals.prestaged()));
    figure(html, "Size", Units.bytes(totals.bytes()));
    figure(html, "Selected", count(totals.selected()));
    if (totals.listed() != totals.selected()) {
      figure(html, "Listed or named", count(totals.listed()));
    }
    figure(html, "Skipped", count(totals.skipped()));
    figure(html, "Failed", totals.failed() > 0 ? "bad" : "", count(totals.failed()));
    if (!dryRun) {
      figure(html, "Objects per second", Units.rate(totals.objectsPerSecond()));
      figure(html, "Throughput", Units.bytes(totals.bytesPerSecond()) + "/s");
      figure(html, "Retries", totals.retries() > 0 ? "partly" : "", count(totals.retries()));
      figure(html, "Throttled", totals.throttled() > 0 ? "partly" : "", count(totals.throttled()));
    }
    if (history.changed() > 0) {
      figure(html, "Changed since listed", count(history.changed()));
    }
    if (history.rounds() > 0) {
      figure(html, "Rounds", count(history.rounds()));
    }
    html.close("dl");
  }

  private static String count(long number) {
    return Units.count(number);
  }

  private static void figure(Html html, String name, String value) {
    figure(html, name, "", value);
  }

  private static void figure(Html html, String name, String style, String value) {
    html.open("div").line("dt", name);
    if (style.isEmpty()) {
      html.line("dd", value);
    } else {
      html.line("dd", style, value);
    }
    html.close("div");
  }

  private static void problems(Html html, List<SourceException> problems) {
    if (problems.isEmpty()) {
      return;
    }
    html.section("Inputs that could not be read").open("ul");
    for (SourceException each : problems.subList(0, Math.min(MAX_PROBLEMS, problems.size()))) {
      html.line("li", Html.shortened(String.valueOf(each.getMessage())));
    }
    if (problems.size() > MAX_PROBLEMS) {
      html.line("li", "and " + (problems.size() - MAX_PROBLEMS) + " more");
    }
    html.close("ul").close("section");
  }

  private static void reads(Html html, @Nullable ReadReport reads) {
    if (reads == null) {
      return;
    }
    html.section("Sample reads");
    html.line("p", reads.count() + " reads of staged objects, " + reads.failed() + " failed.");
    Percentiles firstByte = reads.firstByteMs();
    Percentiles heads = reads.headMs();
    if (firstByte != null && heads != null) {
      html.table("", " half within", " 90 % within", " 99 % within", " slowest");
      percentiles(html, "first byte", firstByte);
      percentiles(html, "HEAD of the same objects", heads);
      html.endTable();
    }
    html.close("section");
  }

  private static void percentiles(Html html, String name, Percentiles times) {
    html.open("tr").line("td", name);
    for (long each : new long[] {times.p50(), times.p90(), times.p99(), times.max()}) {
      html.numberCell(Times.measured(Duration.ofMillis(each)));
    }
    html.close("tr");
  }

  private byte[] end(Html html) {
    if (!settings.isEmpty()) {
      html.section("Settings").table("option", "value", "from");
      for (Setting each : settings) {
        html.open("tr").open("td", "key").name(each.option()).close("td");
        html.nameCell(each.value()).line("td", "key", each.origin()).close("tr");
      }
      html.endTable().close("section");
    }
    html.line("footer", program + " · written " + time(Instant.now()));
    html.close("body").close("html");
    return html.toString().getBytes(StandardCharsets.UTF_8);
  }
}
