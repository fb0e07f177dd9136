package io.github.lotaprestage.log;

/// Describes where an error came from. Messages of the AWS SDK are left out, because they quote
/// files, programs and answers that contain credentials.
public final class StackTraces {

  private static final String SDK = "software.amazon.awssdk.";

  private StackTraces() {}

  /// Lines of text; the first is the error itself.
  public static String of(Throwable error) {
    StringBuilder trace = new StringBuilder();
    String lead = "";
    for (Throwable t = error; t != null; t = t.getCause()) {
      trace.append(lead).append(isOfSdk(t) ? t.getClass().getName() : t).append('\n');
      for (StackTraceElement frame : t.getStackTrace()) {
        trace.append("\tat ").append(frame).append('\n');
      }
      lead = "Caused by: ";
    }
    return trace.toString();
  }

  private static boolean isOfSdk(Throwable t) {
    StackTraceElement[] frames = t.getStackTrace();
    return t.getClass().getName().startsWith(SDK)
        || (frames.length > 0 && frames[0].getClassName().startsWith(SDK));
  }
}
