package io.github.lotaprestage.run.end;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.report.Console;
import io.github.lotaprestage.report.ExitStatus;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The end of the program when standard output cannot be written.
public final class OutputLoss {

  private static final String UNWRITABLE = "standard output cannot be written: ";

  private OutputLoss() {}

  /// Ends without a message if the reader has closed the pipe, because it has seen enough.
  public static ExitStatus status(IOException failure, Console console) {
    String reason = String.valueOf(failure.getMessage());
    if (reason.contains("roken pipe")) {
      return ExitStatus.OUTPUT_CLOSED;
    }
    console.message("stopped: " + UNWRITABLE + reason);
    return ExitStatus.ERROR;
  }

  /// The failure in the summary of a run that ended because of this; null if the reader has seen
  /// enough.
  static @Nullable Failure error(IOException failure, ExitStatus status) {
    return status == ExitStatus.ERROR
        ? Failure.local(Failure.Kind.FILE, "OutputError", UNWRITABLE + failure.getMessage())
        : null;
  }

  /// The same for a run that may have been stopped. A signal decides the exit code.
  static ExitStatus status(IOException failure, Console console, @Nullable ExitStatus stopped) {
    ExitStatus lost = status(failure, console);
    return stopped != null && stopped.isSignal() ? stopped : lost;
  }
}
