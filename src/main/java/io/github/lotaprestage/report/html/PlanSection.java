package io.github.lotaprestage.report.html;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.report.format.Times;
import io.github.lotaprestage.report.format.Units;
import io.github.lotaprestage.report.plan.Amount;
import io.github.lotaprestage.report.plan.StagingPlan;
import java.util.Map;
import java.util.Objects;

/// What a dry run found.
final class PlanSection {

  private final Html html;

  PlanSection(Html html) {
    this.html = html;
  }

  void write(StagingPlan plan) {
    if (plan.total().objects() == 0) {
      return;
    }
    html.section("The plan");
    if (!plan.complete()) {
      html.line(
          "p", "This is only a part of the plan, because the run ended before all was known.");
    }
    if (plan.unknownSizes() > 0) {
      html.line(
          "p", Units.objects(plan.unknownSizes()) + " of unknown size are in no number of bytes.");
    }
    plan.cache()
        .ifPresent(cache ->
            html.line(
                "p",
                "The capacity of the cache is "
                    + Units.bytes(cache.capacity())
                    + plan.fits()
                        .map(fits -> fits ? ": everything fits." : ": not everything fits.")
                        .orElse(".")));
    plan.atFillRate()
        .ifPresent(time ->
            html.line("p", "At --max-fill-rate, staging takes about " + Times.rounded(time) + "."));
    plan.costBound()
        .ifPresent(bound -> {
          html.line("p", "Staging costs " + bound + " more in the 30 days after it.");
          html.line("p", "quiet", String.join(" ", plan.costAssumptions()));
        });
    if (plan.archived().objects() > 0) {
      html.line(
          "p",
          Units.objects(plan.archived().objects())
              + ", "
              + Units.bytes(plan.archived().bytes())
              + " in STANDARD_IA. CoreWeave does not document what staging does to these objects or"
              + " to their price.");
    }
    if (!plan.directories().exact()) {
      html.line(
          "p",
          "There are too many directories to count each of them, so the amounts by directory are"
              + " lower bounds, and a large directory may be missing.");
    }
    html.open("div", "columns");
    table("by storage class", plan.byStorageClass());
    table("by last change", plan.byAge());
    table("by size", plan.bySize());
    table("by directory", plan.directories().largest());
    html.close("div");
    html.line("h3", "Largest objects").table("object", " size");
    for (ObjectRef object : plan.largest()) {
      html.open("tr").nameCell(object.uri());
      html.numberCell(Units.bytes(Objects.requireNonNull(object.size()))).close("tr");
    }
    html.endTable().close("section");
  }

  private void table(String title, Map<String, Amount> amounts) {
    html.open("div").table(title, " objects", " size");
    amounts.forEach((name, amount) -> {
      html.open("tr").open("td").name(name).close("td");
      html.numberCell(Units.count(amount.objects()));
      html.numberCell(Units.bytes(amount.bytes())).close("tr");
    });
    html.endTable().close("div");
  }
}
