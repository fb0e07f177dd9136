package io.github.lotaprestage.report;

import io.github.lotaprestage.engine.InputTotals;
import io.github.lotaprestage.report.format.Columns;
import io.github.lotaprestage.report.format.Escapes;
import io.github.lotaprestage.report.format.Units;
import java.io.IOException;
import java.util.List;

/// A line for each target of a run, for people.
final class TargetText {

  private static final int MAX_LINES = 20;

  /// The columns for names in lines of 80.
  private static final int NAMES = 48;

  private TargetText() {}

  /// Writes nothing for a single target, because its line would repeat the totals.
  static void write(List<InputTotals> inputs, Appendable out) throws IOException {
    if (inputs.size() < 2) {
      return;
    }
    out.append("by target:\n");
    for (InputTotals each : inputs.subList(0, Math.min(inputs.size(), MAX_LINES))) {
      out.append(Columns.right(Units.bytes(each.bytes()), 12));
      out.append(Columns.right(Units.objects(each.selected()), 18));
      String exceptions = exceptions(each);
      int room = Math.max(20, NAMES - exceptions.length());
      out.append("  ")
          .append(Columns.shortened(Escapes.visible(each.name()), room))
          .append(exceptions)
          .append('\n');
    }
    if (inputs.size() > MAX_LINES) {
      out.append(
          "  and " + (inputs.size() - MAX_LINES) + " more targets; -o json lists them all\n");
    }
  }

  private static String exceptions(InputTotals totals) {
    String failed = totals.failed() == 0 ? "" : Units.count(totals.failed()) + " failed";
    String skipped = totals.skipped() == 0 ? "" : Units.count(totals.skipped()) + " skipped";
    String both =
        failed.isEmpty() || skipped.isEmpty() ? failed + skipped : failed + ", " + skipped;
    return both.isEmpty() ? "" : " (" + both + ")";
  }
}
