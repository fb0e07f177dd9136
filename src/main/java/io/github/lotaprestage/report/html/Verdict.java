package io.github.lotaprestage.report.html;

import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.report.ExitStatus;
import io.github.lotaprestage.report.RunReport;
import io.github.lotaprestage.report.format.Units;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The first sentence of the page: how the run ended.
///
/// @param style `good`, `partly` or `bad`
record Verdict(String style, String text) {

  static Verdict of(RunReport report, Totals totals) {
    long needed = totals.selected();
    return switch (report.status()) {
      case OK -> new Verdict(fits(report) ? "good" : "partly", success(report, totals));
      case EMPTY_ALLOWED, EMPTY ->
          new Verdict(
              report.status() == ExitStatus.EMPTY ? "partly" : "good",
              "Nothing matched, so there was nothing to stage.");
      case FAILED ->
          new Verdict(
              "bad",
              Units.count(totals.failed())
                  + " of "
                  + Units.objects(needed)
                  + (report.details().plan() != null
                      ? " failed."
                      : totals.failed() == 1 && needed == 1
                          ? " was not staged."
                          : " were not staged."));
      case LIMITED ->
          new Verdict("partly", "The run stopped at a limit: " + reached(totals, report));
      case OUTPUT_CLOSED ->
          new Verdict(
              "partly",
              "The reader of standard output went away before the run was over: "
                  + reached(totals, report));
      case SIGHUP, SIGINT, SIGTERM ->
          new Verdict("partly", report.status() + " ended the run: " + reached(totals, report));
      case USAGE -> new Verdict("bad", "The command line cannot be used, so nothing was staged.");
      case ERROR ->
          new Verdict(
              "bad",
              totals.prestaged() == 0
                  ? "The run could not work."
                  : "The run is incomplete: " + reached(totals, report));
    };
  }

  /// A run that ended before it added up.
  static Verdict cutOff(ExitStatus status, Totals totals) {
    return new Verdict(
        "partly",
        (status.isSignal() ? status : "The time limit")
            + " ended the run at once: at least "
            + Units.objects(totals.prestaged())
            + (totals.prestaged() == 1 ? " is" : " are")
            + " in the cache.");
  }

  private static boolean fits(RunReport report) {
    return report.details().plan() == null || report.details().plan().fits().orElse(true);
  }

  private static String success(RunReport report, Totals totals) {
    if (report.details().plan() != null) {
      return Units.objects(totals.planned())
          + ", "
          + Units.bytes(totals.bytes())
          + (fits(report)
              ? ", would be staged."
              : ", would be staged, which does not fit into the cache.");
    }
    if (totals.skipped() > 0) {
      return Units.objects(totals.prestaged())
          + (totals.prestaged() == 1 ? " was staged, and " : " were staged, and ")
          + Units.objects(totals.skipped())
          + " did not need it: empty, or staged before according to the journal.";
    }
    return totals.selected() == 1
        ? "The selected object is in the cache."
        : "All " + Units.objects(totals.selected()) + " are in the cache.";
  }

  private static String reached(Totals totals, RunReport report) {
    return (report.details().plan() == null
            ? Units.count(totals.prestaged())
            : Units.count(totals.planned()))
        + " of "
        + Units.count(totals.selected())
        + (report.listingComplete() ? "" : "+")
        + (totals.selected() == 1 ? " object" : " objects")
        + (report.details().plan() == null ? " staged." : " planned.");
  }

  /// The advice for a reader who did not start the run; null if there is none.
  ///
  /// @param skipped how many objects were skipped for which reason
  static @Nullable String consequence(RunReport report, Map<Outcome.Reason, Long> skipped) {
    if (report.details().plan() != null) {
      return null;
    }
    return switch (report.status()) {
      case LIMITED, SIGHUP, SIGINT, SIGTERM, OUTPUT_CLOSED ->
          skipped.containsKey(Outcome.Reason.OVER_CAPACITY)
              ? "The same command skips the same objects again: select less, or raise --nodes or"
                  + " --cache-capacity."
              : "Only objects that were staged are known to be in the cache. The same command stages"
                  + " the rest; a journal keeps it from sending the others again.";
      case OK, EMPTY_ALLOWED, EMPTY, FAILED, USAGE, ERROR -> null;
    };
  }
}
