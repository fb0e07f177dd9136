package io.github.lotaprestage.report.html;

import io.github.lotaprestage.engine.InputTotals;
import io.github.lotaprestage.engine.Summary;
import io.github.lotaprestage.object.Chosen;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.report.format.Times;
import io.github.lotaprestage.report.format.Units;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tables of the objects of a run: the slowest, by target, what was chosen and skipped.
final class ObjectSections {

  private static final int MAX_TARGETS = 50;
  private static final int MAX_CHOSEN = 20;

  private final Html html;

  ObjectSections(Html html) {
    this.html = html;
  }

  void latency(Summary.@Nullable Latency latency, List<Outcome.Prestaged> slowest) {
    if (slowest.isEmpty()) {
      return;
    }
    html.section("Time per object");
    if (latency != null) {
      html.table(" half within", " 90 % within", " 99 % within", " slowest").open("tr");
      for (long each : new long[] {latency.p50(), latency.p90(), latency.p99(), latency.max()}) {
        html.numberCell(Times.measured(Duration.ofMillis(each)));
      }
      html.close("tr").endTable();
    }
    html.line("h3", "Slowest objects");
    html.table("object", " size", " time", " attempts");
    for (Outcome.Prestaged each : slowest) {
      html.open("tr").nameCell(each.object().uri());
      html.numberCell(each.object().size() == null ? "–" : Units.bytes(each.object().size()));
      html.numberCell(Times.measured(each.duration()));
      html.numberCell(Integer.toString(each.attempts().sent()));
      html.close("tr");
    }
    html.endTable().close("section");
  }

  void targets(List<InputTotals> targets, boolean dryRun) {
    if (targets.isEmpty()) {
      return;
    }
    html.section("Targets");
    html.table("target", dryRun ? " planned" : " staged", " skipped", " failed", " size");
    for (InputTotals each : targets.subList(0, Math.min(MAX_TARGETS, targets.size()))) {
      html.open("tr").nameCell(each.name());
      html.numberCell(Units.count(dryRun ? each.planned() : each.prestaged()));
      html.numberCell(Units.count(each.skipped()));
      html.numberCell(Units.count(each.failed()));
      html.numberCell(Units.bytes(each.bytes()));
      html.close("tr");
    }
    html.endTable();
    if (targets.size() > MAX_TARGETS) {
      html.line("p", "quiet", "and " + Units.count(targets.size() - MAX_TARGETS) + " more");
    }
    html.close("section");
  }

  void chosen(@Nullable List<Chosen> chosen) {
    if (chosen == null || chosen.isEmpty()) {
      return;
    }
    html.section("Chosen checkpoints");
    html.table("checkpoint", "why");
    for (Chosen each : chosen.subList(0, Math.min(MAX_CHOSEN, chosen.size()))) {
      html.open("tr").nameCell(each.target() + each.child());
      html.line("td", Html.shortened(each.why())).close("tr");
    }
    html.endTable();
    if (chosen.size() > MAX_CHOSEN) {
      html.line("p", "quiet", "and " + Units.count(chosen.size() - MAX_CHOSEN) + " more");
    }
    html.close("section");
  }

  void skipped(Map<Outcome.Reason, Long> skipped) {
    if (skipped.isEmpty()) {
      return;
    }
    html.section("Skipped objects").table("reason", "meaning", " objects");
    skipped.forEach((reason, count) -> {
      html.open("tr").line("td", "key", reason.word()).line("td", meaning(reason));
      html.numberCell(Units.count(count)).close("tr");
    });
    html.endTable().close("section");
  }

  private static String meaning(Outcome.Reason reason) {
    return switch (reason) {
      case EMPTY -> "The object has no bytes, so there is nothing to cache.";
      case JOURNAL -> "An earlier run staged this version through this endpoint.";
      case DEADLINE -> "--max-duration ended the run first.";
      case INTERRUPTED -> "A signal or a closed standard output ended the run first.";
      case OVER_CAPACITY -> "The object does not fit into the capacity of the cache.";
      case GAVE_UP -> "The run gave up because nothing could work.";
    };
  }
}
