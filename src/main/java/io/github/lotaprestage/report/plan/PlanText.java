package io.github.lotaprestage.report.plan;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.report.format.Times;
import io.github.lotaprestage.report.format.Units;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The plan as text, for people: one screen. JSON shows more directories and objects.
public final class PlanText {

  private static final int CLASSES = 4;
  private static final int DIRECTORIES = 10;
  private static final int OBJECTS = 5;

  private final Appendable out;
  private final StagingPlan plan;
  private final int columns;

  private PlanText(StagingPlan plan, int columns, Appendable out) {
    this.plan = plan;
    this.columns = columns;
    this.out = out;
  }

  /// What there is to stage, in one line.
  public static String total(StagingPlan plan) {
    String unknown =
        plan.unknownSizes() == 0
            ? ""
            : ", without " + Units.objects(plan.unknownSizes()) + " of unknown size";
    return Units.bytes(plan.exactBytes().doubleValue()) + " to stage" + unknown;
  }

  /// Writes the plan, except for the totals.
  ///
  /// @param columns which tables and names fit
  public static void write(StagingPlan plan, int columns, Appendable out) throws IOException {
    new PlanText(plan, columns, out).write();
  }

  private void write() throws IOException {
    if (!plan.complete()) {
      line("This is only a part of the plan, because the run ended before all was known.");
    }
    if (plan.total().objects() > 0) {
      SideBySide tables = new SideBySide(columns);
      tables.left().add("by size:", plan.bySize());
      tables.right().add("by storage class:", classes()).add("by last change:", plan.byAge());
      tables.write(out);
      directories();
      largest();
    }
    cache();
    time();
    cost();
    archive();
  }

  private void line(String text) throws IOException {
    out.append(text).append('\n');
  }

  /// The largest classes, and the sum of the others.
  private Map<String, Amount> classes() {
    Map<String, Amount> all = plan.byStorageClass();
    if (all.size() <= CLASSES) {
      return all;
    }
    Map<String, Amount> shown = new LinkedHashMap<>();
    Amount[] others = {Amount.NONE};
    all.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.comparingLong(Amount::bytes).reversed()))
        .forEach(each -> {
          if (shown.size() < CLASSES - 1) {
            shown.put(each.getKey(), each.getValue());
          } else {
            others[0] = others[0].plus(each.getValue());
          }
        });
    shown.put((all.size() - shown.size()) + " others", others[0]);
    return shown;
  }

  private void directories() throws IOException {
    line("by directory:");
    int shown = 0;
    for (Map.Entry<String, Amount> each : plan.directories().largest().entrySet()) {
      if (shown == DIRECTORIES) {
        break;
      }
      directory(each.getValue(), each.getKey());
      shown++;
    }
    Amount others = plan.outside(shown);
    if (others.objects() > 0) {
      directory(others, "all others");
    }
    if (!plan.directories().exact()) {
      line("  There are too many directories to count each of them, so these amounts are");
      line("  lower bounds, and a large directory may be missing.");
    }
  }

  private void directory(Amount amount, String name) throws IOException {
    line(AmountRow.of(amount, name, "", columns));
  }

  private void largest() throws IOException {
    List<ObjectRef> shown = plan.largest().subList(0, Math.min(OBJECTS, plan.largest().size()));
    if (!shown.isEmpty()) {
      line("largest:");
    }
    for (ObjectRef object : shown) {
      line(AmountRow.ofObject(Objects.requireNonNull(object.size()), object.uri(), columns));
    }
  }

  private void cache() throws IOException {
    if (plan.cache().isEmpty()) {
      return;
    }
    StagingPlan.Cache cache = plan.cache().get();
    String verdict = plan.fits().map(fits -> fits ? ", it fits" : ", it does not fit").orElse("");
    line("cache: " + CacheBar.of(cache) + verdict);
    if (plan.fits().isEmpty()) {
      line("  Whether everything fits is unknown" + reason());
    }
    if (cache.used() > plan.total().bytes()) {
      line(
          "  "
              + Units.bytes(cache.used() - plan.total().bytes())
              + " of that are staged already, according to --journal.");
    }
  }

  /// Why something is unknown.
  private String reason() {
    if (!plan.complete()) {
      return ", because there may be more objects.";
    }
    return plan.unknownSizes() > 0
        ? ", because " + Units.objects(plan.unknownSizes()) + " may have any size."
        : ", because " + Units.objects(plan.failed()) + " failed.";
  }

  private void time() throws IOException {
    if (plan.atFillRate().isEmpty()) {
      return;
    }
    String verdict =
        plan.isInTime()
            .map(inTime -> (inTime ? "; fits into " : "; would not fit into ") + limit())
            .orElse("");
    String needed = Times.rounded(plan.atFillRate().get());
    String about = Character.isDigit(needed.charAt(0)) ? "about " : "";
    line("time: " + about + needed + " at --max-fill-rate" + verdict);
    if (plan.timeLimit().isPresent() && plan.isInTime().isEmpty()) {
      line("  Whether everything fits into " + limit() + " is unknown" + reason());
    }
  }

  private String limit() {
    return Times.rounded(plan.timeLimit().orElse(Duration.ZERO));
  }

  private void cost() throws IOException {
    if (plan.total().objects() == plan.archived().objects()) {
      return;
    }
    if (plan.costBound().isEmpty()) {
      line("cost: unknown" + reason());
      return;
    }
    line("cost: " + plan.costBound().get() + " more in the 30 days after staging. Assumptions:");
    for (String assumption : plan.costAssumptions()) {
      line("  " + assumption);
    }
  }

  private void archive() throws IOException {
    if (plan.archived().objects() > 0) {
      line(
          "archive: "
              + Units.objects(plan.archived().objects())
              + ", "
              + Units.bytes(plan.archived().bytes())
              + " in STANDARD_IA. CoreWeave does not document");
      line("  what staging does to these objects or to their price.");
    }
  }
}
