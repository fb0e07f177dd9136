package io.github.lotaprestage.report;

import io.github.lotaprestage.engine.FailureGroup;
import io.github.lotaprestage.engine.Summary;
import io.github.lotaprestage.engine.sample.Percentiles;
import io.github.lotaprestage.engine.sample.ReadReport;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.RunEvent.Round;
import io.github.lotaprestage.report.format.Columns;
import io.github.lotaprestage.report.format.Escapes;
import io.github.lotaprestage.report.format.Terminal;
import io.github.lotaprestage.report.format.Times;
import io.github.lotaprestage.report.format.Units;
import io.github.lotaprestage.report.plan.PlanText;
import io.github.lotaprestage.report.plan.StagingPlan;
import io.github.lotaprestage.report.plan.TargetText;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes lines for people.
final class TextWriter implements ResultWriter {

  private static final int MAX_EXAMPLES = 2;
  private static final int UNKNOWN = -1;
  private static final String RED = "\u001b[31m";
  private static final int WIDEST_CHECK = "file_descriptors".length() + 9;
  private static final String RESET = "\u001b[0m";

  private final Writer out;
  private final boolean colour;
  private final @Nullable Terminal terminal;
  private final ObjectRow row;
  private int columns = UNKNOWN;

  TextWriter(OutputStream out, TextStyle style) {
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    this.colour = style.colour();
    this.terminal = style.terminal();
    this.row = new ObjectRow(this.out, colour);
  }

  /// Objects that are left at the end of the run have no line: it would add nothing, and there may
  /// be millions.
  @Override
  public void object(Outcome outcome) throws IOException {
    if (!(outcome instanceof Outcome.Skipped skipped && skipped.reason().isEndOfRun())) {
      row.write(outcome, columns());
    }
  }

  /// The columns that a line may take. A terminal may be resized, so its width is asked for again
  /// after each [#flush].
  private int columns() {
    if (columns == UNKNOWN) {
      int width = terminal == null ? 0 : terminal.columns();
      columns = width <= 0 ? Integer.MAX_VALUE : width;
    }
    return columns;
  }

  private void right(String text, int width) throws IOException {
    out.append(Columns.right(text, width));
  }

  /// Rounds in which nothing happened are left out.
  @Override
  public void round(Round round) throws IOException {
    if (!round.isEventful()) {
      return;
    }
    out.append("round " + Units.count(round.number()) + ": ")
        .append(Units.count(round.prestaged()) + " prestaged, ")
        .append(Units.count(round.skipped()) + " skipped, ")
        .append(Units.count(round.failed()) + " failed, ")
        .append(Units.count(round.unchanged()) + " unchanged; ")
        .append(Units.bytes(round.bytes()) + " in " + Times.measured(round.duration()))
        .append(round.problem() == null ? "" : "; incomplete: " + round.problem().code())
        .append('\n');
  }

  @Override
  public void check(Finding finding) throws IOException {
    boolean red = colour && finding.status() == Finding.Status.FAIL;
    String word = Status.of(finding);
    out.append(red ? RED : "").append(word).append(red ? RESET : "");
    out.append(" ".repeat("fail  ".length() - word.length())).append(finding.name());
    right(Times.measured(finding.duration()), WIDEST_CHECK - finding.name().length());
    String fix = finding.fix() == null ? "" : "; fix: " + finding.fix();
    out.append("  ").append(Escapes.visible(finding.text() + fix));
    out.append('\n');
  }

  @Override
  public void summary(RunReport report) throws IOException {
    RunReport.Details details = report.details();
    Summary totals = report.summary();
    StagingPlan plan = details.plan();
    out.append('\n').append(counts(totals, plan != null || totals.planned() > 0));
    out.append(details.shard() == null ? "" : " in shard " + details.shard());
    RunReport.Merged merged = details.merged();
    out.append(
        merged == null
            ? "\n"
            : " in %d of %d shards\n"
                .formatted(merged.count() - merged.missing().size(), merged.count()));
    if (plan != null) {
      out.append(PlanText.total(plan)).append('\n');
    } else if (totals.planned() > 0) { // of merged summaries
      out.append(Units.bytes(totals.bytes())).append(" to stage\n");
    } else if (totals.prestaged() > 0) {
      out.append(Units.bytes(totals.bytes())).append(speed(totals)).append('\n');
    }
    TargetText.write(totals.inputs(), columns(), out);
    if (plan != null) {
      PlanText.write(plan, columns(), out);
    }
    latency(totals);
    reads(details.reads());
    failures(totals);
    if (!report.listingComplete()) {
      out.append("incomplete: not everything could be listed or read; more objects may exist\n");
    }
  }

  /// Left out of a plan, so that two plans of the same objects are equal.
  private static String speed(Summary totals) {
    return " in "
        + Times.measured(totals.elapsed())
        + ": "
        + Units.rate(totals.objectsPerSecond())
        + " objects/s, "
        + Units.bytes(totals.bytesPerSecond())
        + "/s";
  }

  private static String counts(Summary totals, boolean dryRun) {
    return (dryRun
            ? Units.count(totals.planned()) + " planned, "
            : Units.count(totals.prestaged()) + " prestaged, ")
        + Units.count(totals.skipped())
        + " skipped, "
        + Units.count(totals.failed())
        + " failed of "
        + Units.count(totals.selected())
        + " selected"
        + (totals.listed() > totals.selected()
            ? " (" + Units.count(totals.listed()) + " listed)"
            : "")
        + (totals.retries() > 0
            ? "; "
                + Units.count(totals.retries())
                + (totals.retries() == 1 ? " retry, " : " retries, ")
                + Units.count(totals.throttled())
                + " throttled"
            : "");
  }

  private void latency(Summary totals) throws IOException {
    Summary.Latency latency = totals.latency();
    if (latency == null || totals.prestaged() == 1) { // one line above says it all
      return;
    }
    out.append("HEAD latency p50 " + measured(latency.p50()))
        .append(", p90 " + measured(latency.p90()))
        .append(", p99 " + measured(latency.p99()))
        .append(", max " + measured(latency.max()) + "\n");
    for (Outcome.Prestaged slow : totals.slowest()) {
      String time = "slowest " + Columns.right(Times.measured(slow.duration()), 9) + "  ";
      String uri = Escapes.visible(slow.object().uri());
      out.append(time).append(Columns.shortened(uri, columns() - time.length())).append('\n');
    }
  }

  private static String measured(long milliseconds) {
    return Times.measured(Duration.ofMillis(milliseconds));
  }

  private void reads(@Nullable ReadReport reads) throws IOException {
    if (reads == null) {
      return;
    }
    out.append("sample reads: " + Units.count(reads.count()))
        .append(reads.failed() == 0 ? "\n" : " made, " + Units.count(reads.failed()) + " failed\n");
    Percentiles firstByte = reads.firstByteMs();
    Percentiles speed = reads.bytesPerSecond();
    Percentiles heads = reads.headMs();
    if (firstByte != null && speed != null && heads != null) {
      out.append("  first byte after p50 " + measured(firstByte.p50()))
          .append(", p90 " + measured(firstByte.p90()))
          .append(", max " + measured(firstByte.max()))
          .append("; their HEADs took p50 " + measured(heads.p50()))
          .append(", max " + measured(heads.max()) + "\n")
          .append("  speed p50 " + Units.bytes(speed.p50()) + "/s, slowest tenth up to ")
          .append(Units.bytes(speed.p10()) + "/s\n");
    }
  }

  private void failures(Summary totals) throws IOException {
    if (totals.failures().isEmpty()) { // also in merged summaries, which do not have them
      return;
    }
    out.append("failed:\n");
    for (FailureGroup group : totals.failures()) {
      Failure first = group.first();
      out.append("  " + Units.count(group.count()) + " x ")
          .append(Escapes.visible(first.describe()));
      out.append('\n');
      List<String> examples = group.examples();
      for (String example : examples.subList(0, Math.min(MAX_EXAMPLES, examples.size()))) {
        out.append("      ").append(Escapes.visible(example)).append('\n');
      }
      if (group.count() > MAX_EXAMPLES) {
        out.append("      ...\n");
      }
      out.append(first.kind().retryable() ? "    may be temporary; next: " : "    next: ");
      out.append(Advice.next(first)).append('\n');
    }
    if (totals.failures().stream().anyMatch(group -> group.first().kind().retryable())) {
      out.append("Run the same command again to retry failures that may be temporary.\n");
    }
  }

  @Override
  public void flush() throws IOException {
    columns = UNKNOWN;
    out.flush();
  }
}
