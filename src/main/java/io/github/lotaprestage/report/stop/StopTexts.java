package io.github.lotaprestage.report.stop;

import io.github.lotaprestage.engine.Summary;
import io.github.lotaprestage.report.format.Times;
import io.github.lotaprestage.report.format.Units;
import java.time.Duration;

/// What is said when a run is being stopped, when it has stopped, and when it is cut off.
public final class StopTexts {

  private StopTexts() {}

  /// The answer to the first signal: `stopping: up to 10 s for 100 HEADs in flight; press Ctrl-C
  /// again to quit now`.
  ///
  /// @param inFlight requests that may still finish
  /// @param byKey whether a person pressed Ctrl-C
  public static String begins(int inFlight, Duration grace, boolean byKey) {
    String quit =
        byKey ? "; press Ctrl-C again to quit now" : "; a second signal ends the program at once";
    if (inFlight == 0 || grace.isZero()) {
      return "stopping" + quit;
    }
    return "stopping: up to "
        + Times.rounded(grace)
        + " for "
        + Units.count(inFlight)
        + (inFlight == 1 ? " HEAD" : " HEADs")
        + " in flight"
        + quit;
  }

  /// How far the run got: `800 of 2,000+ objects staged`.
  ///
  /// @param dryRun whether it planned objects instead
  /// @param complete whether all selected objects are known
  public static String reached(Summary totals, boolean dryRun, boolean complete) {
    if (totals.selected() == 0) {
      return complete ? "there was nothing to stage" : "no objects were found before that";
    }
    long unneeded = totals.skipped() - totals.unsent();
    return Units.count(dryRun ? totals.planned() : totals.prestaged())
        + " of "
        + Units.count(totals.selected())
        + (complete ? "" : "+")
        + (dryRun ? " objects planned" : " objects staged")
        + (unneeded == 0 ? "" : ", " + Units.count(unneeded) + " skipped (empty or in the journal)")
        + (totals.failed() == 0 ? "" : ", " + Units.count(totals.failed()) + " failed");
  }

  /// The answer to the second signal.
  ///
  /// @param staged objects that are known to be staged
  /// @param inFlight requests that are not waited for
  public static String cutOff(long staged, int inFlight) {
    return "quit: at least "
        + Units.objects(staged)
        + " staged, "
        + Units.count(inFlight)
        + (inFlight == 1 ? " HEAD" : " HEADs")
        + " still in flight";
  }
}
