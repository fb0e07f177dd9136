package io.github.lotaprestage.doctor;

import io.github.lotaprestage.report.ExitStatus;
import java.time.Duration;
import java.util.List;

/// One check.
///
/// @param name in snake case, as it is printed
/// @param limit the time after which it counts as failed
/// @param needs names of the checks that must not fail before this one is made
/// @param ifFailed how the program ends if it fails
/// @param ifHangs what to do if it takes longer than its limit
record Check(
    String name,
    Duration limit,
    List<String> needs,
    ExitStatus ifFailed,
    String ifHangs,
    Body body) {

  private static final Duration FOR_FILES = Duration.ofMillis(1500);

  /// Makes the check. A failure of a run, thrown as a run throws it, is a failed check.
  interface Body {
    /// @param limit the time that is left for it, a little less than until it is given up
    Verdict make(Duration limit) throws Exception;
  }

  /// A check of a setting, which may read files.
  static Check configuration(String name, Body body, String... needs) {
    return new Check(
        name,
        FOR_FILES,
        List.of(needs),
        ExitStatus.USAGE,
        "find out which file hangs: a pipe, or a file system that does not answer",
        body);
  }

  static Check other(String name, Duration limit, Body body, String... needs) {
    return new Check(
        name, limit, List.of(needs), ExitStatus.ERROR, "find out what does not answer", body);
  }
}
