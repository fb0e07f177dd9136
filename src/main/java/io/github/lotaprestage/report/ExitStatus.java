package io.github.lotaprestage.report;

import io.github.lotaprestage.engine.Summary;
import io.github.lotaprestage.object.Failure;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/// The exit status of the process. Scripts rely on the numbers.
public enum ExitStatus {
  /// Everything selected is in the cache (dry run: planned).
  OK(0, "ok"),
  /// Nothing matched, and that was allowed.
  EMPTY_ALLOWED(0, "empty"),
  /// Some objects failed.
  FAILED(1, "failed"),
  /// Bad usage; nothing was sent.
  USAGE(2, "error"),
  /// The run could not work, or could not read all its inputs.
  ERROR(3, "error"),
  /// Nothing matched.
  EMPTY(4, "empty"),
  /// Stopped at a limit that was set.
  LIMITED(5, "limited"),
  /// Ended by SIGHUP; 128 + its number, as shells count.
  SIGHUP(129, "interrupted"),
  /// Ended by SIGINT; 128 + its number, as shells count.
  SIGINT(130, "interrupted"),
  /// Ended by SIGTERM.
  SIGTERM(143, "interrupted"),
  /// Standard output was closed before the run was over; 128 + SIGPIPE, as shells count.
  OUTPUT_CLOSED(141, "interrupted");

  private final int code;
  private final String word;

  ExitStatus(int code, String word) {
    this.code = code;
    this.word = word;
  }

  public int code() {
    return code;
  }

  /// The `status` of the summary.
  public String word() {
    return word;
  }

  /// The one that wins if several apply; [#ERROR] if there are none.
  public static ExitStatus worst(Collection<ExitStatus> all) {
    return Stream.of(
            SIGHUP,
            SIGINT,
            SIGTERM,
            OUTPUT_CLOSED,
            USAGE,
            ERROR,
            FAILED,
            LIMITED,
            EMPTY,
            EMPTY_ALLOWED,
            OK)
        .filter(all::contains)
        .findFirst()
        .orElse(ERROR);
  }

  /// The status with an exit code; empty if there is none.
  ///
  /// @param word of the summary
  public static Optional<ExitStatus> of(long code, String word) {
    return Arrays.stream(values())
        .filter(status -> status.code == code)
        .filter(status -> status.code != 0 || status.word.equals(word))
        .findFirst();
  }

  public boolean isSignal() {
    return this == SIGHUP || this == SIGINT || this == SIGTERM;
  }

  /// How a signal ends the run.
  ///
  /// @param number 1, 2 or 15
  public static ExitStatus ofSignal(int number) {
    return switch (number) {
      case 1 -> SIGHUP;
      case 2 -> SIGINT;
      case 15 -> SIGTERM;
      default -> throw new IllegalArgumentException("signal " + number);
    };
  }

  /// If several apply, the first of these wins: hopeless or incomplete, failed, limited, empty.
  ///
  /// @param limited whether a limit kept objects from being sent
  public static ExitStatus of(Summary totals, boolean limited, boolean allowEmpty) {
    Failure hopeless = totals.hopeless();
    if (hopeless != null && hopeless.kind() == Failure.Kind.INVALID) {
      return USAGE;
    }
    if (totals.selected() == 0 && onlyInvalid(totals)) {
      return USAGE;
    }
    if (hopeless != null || !totals.sourceProblems().isEmpty()) {
      return ERROR;
    }
    if (totals.failed() > 0) {
      return FAILED;
    }
    if (limited) {
      return LIMITED;
    }
    if (totals.selected() == 0) {
      return allowEmpty ? EMPTY_ALLOWED : EMPTY;
    }
    return OK;
  }

  /// Whether the only inputs were files that are not key lists.
  private static boolean onlyInvalid(Summary totals) {
    return !totals.sourceProblems().isEmpty()
        && totals.sourceProblems().stream()
            .allMatch(problem -> problem.error().kind() == Failure.Kind.INVALID);
  }
}
