package io.github.lotaprestage.doctor;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.UnusableException;
import io.github.lotaprestage.report.Advice;
import io.github.lotaprestage.report.Finding;
import io.github.lotaprestage.report.Finding.Status;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a check found.
///
/// @param fix what to do about it; null if there is nothing to do
record Verdict(Status status, String text, @Nullable String fix) {

  private static final String CORRECT = "correct the setting that the message names";

  static Verdict ok(String text) {
    return new Verdict(Status.OK, text, null);
  }

  static Verdict warn(String text, @Nullable String fix) {
    return new Verdict(Status.WARN, text, fix);
  }

  /// A check that was not made. It has no fix of its own.
  static Verdict notMade(String why) {
    return new Verdict(Status.WARN, "not checked, " + why, null);
  }

  static Verdict noTarget() {
    return warn("not checked, because there is no TARGET", "add the TARGET of the run");
  }

  static Verdict fail(String text, String fix) {
    return new Verdict(Status.FAIL, text, fix);
  }

  /// A failure, with the advice that a run gives.
  static Verdict failure(Failure error) {
    return fail(error.describe(), Advice.next(error));
  }

  /// The same for a run that could not begin.
  static Verdict failure(UnusableException e) {
    return fail(e.error().describe(), Advice.next(e));
  }

  /// A message of a run. The advice follows its last semicolon, if there is one.
  static Verdict ofMessage(Status status, String message) {
    int semicolon = message.lastIndexOf("; ");
    return semicolon < 0
        ? new Verdict(status, message, CORRECT)
        : new Verdict(
            status, message.substring(0, semicolon), message.substring(semicolon + "; ".length()));
  }

  /// The first of the worst, or else all that is well.
  ///
  /// @param all at least one
  static Verdict worst(List<Verdict> all) {
    Verdict worst = all.getFirst();
    for (Verdict each : all) {
      worst = each.status().compareTo(worst.status()) > 0 ? each : worst;
    }
    return worst.status() == Status.OK
        ? ok(all.stream().map(Verdict::text).collect(Collectors.joining("; ")))
        : worst;
  }

  Verdict withFix(String other) {
    return new Verdict(status, text, other);
  }

  /// The same, with the operation that failed.
  Verdict after(String operation) {
    return new Verdict(status, operation + ": " + text, fix);
  }

  /// The same finding, with which a run copes.
  Verdict softened() {
    return new Verdict(Status.WARN, text, fix);
  }

  Finding of(Check check, Duration took) {
    return new Finding(check.name(), status, took, text, fix);
  }
}
