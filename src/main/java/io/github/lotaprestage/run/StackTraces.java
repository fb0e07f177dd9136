package io.github.lotaprestage.run;

import java.io.PrintStream;

/// Prints where an error came from. Messages of the AWS SDK are left out, because they quote files,
/// programs and answers that contain credentials.
public final class StackTraces {

  private static final String SDK = "software.amazon.awssdk.";

  private StackTraces() {}

  public static void print(Throwable error, PrintStream out) {
    String lead = "";
    for (Throwable t = error; t != null; t = t.getCause()) {
      out.println(lead + (isOfSdk(t) ? t.getClass().getName() : t));
      for (StackTraceElement frame : t.getStackTrace()) {
        out.println("\tat " + frame);
      }
      lead = "Caused by: ";
    }
  }

  private static boolean isOfSdk(Throwable t) {
    StackTraceElement[] frames = t.getStackTrace();
    return t.getClass().getName().startsWith(SDK)
        || (frames.length > 0 && frames[0].getClassName().startsWith(SDK));
  }
}
