package io.github.lotaprestage.report;

import java.io.PrintStream;

/// Standard error, shared by messages, the log and the live progress line, so that they do not
/// write into each other. Threads may use it together.
public final class Console {

  private static final String ERASE_LINE = "\r\u001b[K";

  private final PrintStream err;
  private final boolean terminal;
  private boolean live;

  /// @param terminal whether `err` is one; only then is there a live line
  public Console(PrintStream err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  public boolean isTerminal() {
    return terminal;
  }

  /// Writes one line, control characters escaped.
  public synchronized void message(String line) {
    eraseLive();
    err.println(Escapes.visible(line));
    err.flush();
  }

  /// Writes text of several lines as it is.
  public synchronized void block(String text) {
    eraseLive();
    err.print(text);
    err.flush();
  }

  /// Draws the live line anew, or for the first time.
  public synchronized void live(String line) {
    err.print(ERASE_LINE + line);
    err.flush();
    live = true;
  }

  /// Takes the live line away.
  public synchronized void eraseLive() {
    if (live) {
      err.print(ERASE_LINE);
      err.flush();
      live = false;
    }
  }
}
