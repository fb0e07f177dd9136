package io.github.lotaprestage.run.end;

import io.github.lotaprestage.report.Console;
import io.github.lotaprestage.report.ExitStatus;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The end of the program when standard output cannot be written.
public final class OutputLoss {

  private OutputLoss() {}

  /// Ends without a message if the reader has closed the pipe, because it has seen enough.
  public static ExitStatus status(IOException failure, Console console) {
    String reason = String.valueOf(failure.getMessage());
    if (reason.contains("roken pipe")) {
      return ExitStatus.OUTPUT_CLOSED;
    }
    console.message("stopped: standard output cannot be written: " + reason);
    return ExitStatus.ERROR;
  }

  /// The same for a run that may have been stopped. A signal decides the exit code.
  static ExitStatus status(IOException failure, Console console, @Nullable ExitStatus stopped) {
    ExitStatus lost = status(failure, console);
    return stopped != null && stopped.isSignal() ? stopped : lost;
  }
}
