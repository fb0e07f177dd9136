package io.github.lotaprestage.report.plan;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.report.format.Escapes;
import io.github.lotaprestage.report.format.Units;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/// The plan as text, for people.
public final class PlanText {

  private static final int BAR = 40;

  private final Appendable out;

  private PlanText(Appendable out) {
    this.out = out;
  }

  /// Writes the plan, except for the totals.
  public static void write(StagingPlan plan, Appendable out) throws IOException {
    if (plan.total().objects() > 0) {
      new PlanText(out).write(plan);
    }
  }

  private void write(StagingPlan plan) throws IOException {
    table("by storage class", plan.byStorageClass());
    table("by last change", plan.byAge());
    table("by size", plan.bySize());
    table("by directory", plan.byDirectory());
    if (plan.moreDirectories() > 0) {
      out.append("  and more directories\n");
    }
    out.append("largest:\n");
    for (ObjectRef object : plan.largest()) {
      right(Units.bytes(object.summableSize()), 12);
      out.append("  ").append(Escapes.visible(object.uri())).append('\n');
    }
    capacity(plan);
    time(plan);
    out.append(
        "cost: at most " + plan.cost() + " USD more in the 30 days after staging. Assumptions:\n");
    for (String assumption : StagingPlan.COST_ASSUMPTIONS) {
      out.append("  ").append(assumption).append('\n');
    }
    if (plan.archived().objects() > 0) {
      out.append("archive: " + plan.archived().objects() + " objects, ")
          .append(Units.bytes(plan.archived().bytes()))
          .append(" are STANDARD_IA; what staging does to them is not documented\n");
    }
  }

  private void table(String title, Map<String, Amount> amounts) throws IOException {
    out.append(title).append(":\n");
    for (Map.Entry<String, Amount> each : amounts.entrySet()) {
      right(Units.bytes(each.getValue().bytes()), 12);
      right(each.getValue().objects() + " objects", 16);
      out.append("  ").append(Escapes.visible(each.getKey())).append('\n');
    }
  }

  private void capacity(StagingPlan plan) throws IOException {
    if (plan.capacity().isEmpty()) {
      return;
    }
    long capacity = plan.capacity().getAsLong();
    double share = (double) plan.total().bytes() / capacity;
    int filled = (int) Math.min(BAR, Math.ceil(share * BAR));
    out.append("cache: [")
        .append("#".repeat(filled))
        .append(".".repeat(BAR - filled))
        .append("] " + Math.round(Math.min(share, 1e6) * 100) + " % of ")
        .append(Units.bytes(capacity))
        .append(plan.fits() ? "\n" : "; it does not fit\n");
  }

  private void time(StagingPlan plan) throws IOException {
    if (plan.atFillRate().isEmpty()) {
      return;
    }
    Duration needed = plan.atFillRate().get();
    out.append("time: at least ").append(Units.seconds(needed)).append(" at --max-fill-rate");
    if (plan.timeLimit().isPresent()) {
      Duration limit = plan.timeLimit().get();
      out.append(needed.compareTo(limit) > 0 ? ", which would not fit into " : ", within ")
          .append(Units.seconds(limit));
    }
    out.append('\n');
  }

  private void right(String text, int width) throws IOException {
    out.append(" ".repeat(Math.max(1, width - text.length()))).append(text);
  }
}
