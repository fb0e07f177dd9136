package io.github.lotaprestage.run.end;

import io.github.lotaprestage.engine.Tally;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.UnusableException;
import io.github.lotaprestage.report.Advice;
import io.github.lotaprestage.report.ExitStatus;
import io.github.lotaprestage.report.RunReport;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The reason why a run could not go on: something it needs is missing, Java ran out of a resource,
/// or the program has a bug.
///
/// @param error the failure in the summary
/// @param text one line for the user, with the next step
/// @param cause for `--stacktrace`
public record RunFault(Failure error, String text, Throwable cause) {

  private static final long MIB = 1L << 20;

  /// The store or a file cannot be used.
  public static RunFault unusable(UnusableException e) {
    return new RunFault(e.error(), e.error().message() + "; " + Advice.next(e), e);
  }

  /// Any other exception. The whole chain of causes is searched for errors of a Java that ran out
  /// of a resource, because they are wrapped on their way between threads.
  public static RunFault of(Throwable fault) {
    for (Throwable t = fault; t != null; t = t.getCause()) {
      switch (t) {
        case OutOfMemoryError memory -> {
          return outOfMemory(memory, fault);
        }
        case StackOverflowError _ -> {
          return missing("StackOverflow", "a thread ran out of stack", fault);
        }
        default -> {}
      }
    }
    Failure bug = local("InternalError", fault.toString());
    return new RunFault(bug, "internal error: " + fault + Advice.suffix(bug), fault);
  }

  private static RunFault outOfMemory(OutOfMemoryError error, Throwable fault) {
    String message = String.valueOf(error.getMessage());
    if (message.contains("native thread")) {
      return missing(
          "TooManyThreads", "the system does not let the program start another thread", fault);
    }
    return missing(
        "OutOfMemory",
        "out of memory with a heap of %d MiB (%s)"
            .formatted(Runtime.getRuntime().maxMemory() / MIB, message),
        fault);
  }

  private static RunFault missing(String code, String what, Throwable fault) {
    Failure error = local(code, what);
    return new RunFault(error, what + Advice.suffix(error), fault);
  }

  private static Failure local(String code, String message) {
    return Failure.local(Failure.Kind.FILE, code, message);
  }

  /// The report of a run that could not stage anything.
  public static RunReport report(ExitStatus status, @Nullable Failure why) {
    return new RunReport(new Tally().summary(0, Duration.ZERO), status, false, null, why);
  }
}
