package io.github.lotaprestage.report;

import io.github.lotaprestage.object.Outcome;

/// The word for an outcome or a finding, the same in every format.
final class Status {

  private Status() {}

  static String of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Prestaged _ -> "prestaged";
      case Outcome.Skipped _ -> "skipped";
      case Outcome.Failed _ -> "failed";
      case Outcome.Planned _ -> "planned";
    };
  }

  static String of(Finding finding) {
    return switch (finding.status()) {
      case OK -> "ok";
      case WARN -> "warn";
      case FAIL -> "fail";
    };
  }
}
