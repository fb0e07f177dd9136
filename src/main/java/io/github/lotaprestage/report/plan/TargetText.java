package io.github.lotaprestage.report.plan;

import io.github.lotaprestage.engine.InputTotals;
import io.github.lotaprestage.report.format.Units;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/// A line for each target of a run, for people.
public final class TargetText {

  private static final int MAX_LINES = 20;
  private static final String WHOLE_BUCKET = " (whole bucket)";

  /// A TARGET that stands for a whole bucket.
  private static final Pattern BUCKET = Pattern.compile("s3://[^/*?]+(/\\**)?");

  private TargetText() {}

  /// A single target has no line, because it would repeat the totals. A whole bucket is called so,
  /// because it may be a mistake.
  ///
  /// @param columns of a line
  public static void write(List<InputTotals> inputs, int columns, Appendable out)
      throws IOException {
    if (inputs.size() == 1 && isWholeBucket(inputs.getFirst())) {
      out.append("target: ").append(inputs.getFirst().name()).append(WHOLE_BUCKET + "\n");
    }
    if (inputs.size() < 2) {
      return;
    }
    out.append("by target:\n");
    for (InputTotals each : inputs.subList(0, Math.min(inputs.size(), MAX_LINES))) {
      Amount amount = new Amount(each.selected(), each.bytes());
      String end = (isWholeBucket(each) ? WHOLE_BUCKET : "") + exceptions(each);
      out.append(AmountRow.of(amount, each.name(), end, columns)).append('\n');
    }
    if (inputs.size() > MAX_LINES) {
      out.append(
          "  and " + (inputs.size() - MAX_LINES) + " more targets; -o json lists them all\n");
    }
  }

  private static boolean isWholeBucket(InputTotals totals) {
    return BUCKET.matcher(totals.name()).matches();
  }

  private static String exceptions(InputTotals totals) {
    String failed = totals.failed() == 0 ? "" : Units.count(totals.failed()) + " failed";
    String skipped = totals.skipped() == 0 ? "" : Units.count(totals.skipped()) + " skipped";
    String both =
        failed.isEmpty() || skipped.isEmpty() ? failed + skipped : failed + ", " + skipped;
    return both.isEmpty() ? "" : " (" + both + ")";
  }
}
