package io.github.lotaprestage.report;

import java.io.PrintStream;

/// Standard error, shared by messages, the log and the live progress line, so that they do not
/// overwrite each other. Safe for use by several threads.
public final class Console {

  private static final String PREFIX = "lota-prestage: ";
  private static final String ERASE_LINE = "\r\u001b[K";
  private static final String NO_WRAP = "\u001b[?7l";
  private static final String WRAP = "\u001b[?7h";

  private final PrintStream err;
  private final boolean terminal;
  private final boolean shared;
  private String line = "";
  private boolean live;

  /// Whether the live line made room for standard output.
  private boolean moved;

  /// @param terminal whether `err` is a terminal; only then there is a live line
  /// @param shared whether standard output is a terminal too, most likely the same one
  public Console(PrintStream err, boolean terminal, boolean shared) {
    this.err = err;
    this.terminal = terminal;
    this.shared = shared;
  }

  public boolean isTerminal() {
    return terminal;
  }

  /// Writes one line that begins with the name of the program, control characters escaped.
  public synchronized void message(String text) {
    eraseLive();
    err.println(PREFIX + Escapes.visible(text));
    err.flush();
  }

  /// Draws the live line, replacing the previous one.
  public synchronized void live(String text) {
    line = text;
    err.print(ERASE_LINE + NO_WRAP + line + WRAP);
    err.flush();
    live = true;
    moved = false;
  }

  /// Draws the live line again if it had to make room.
  public synchronized void redraw() {
    if (moved) {
      live(line);
    }
  }

  /// Removes the live line before a line of standard output, if both share a terminal.
  public synchronized void makeRoom() {
    if (live && shared) {
      eraseLive();
      moved = true;
    }
  }

  /// Removes the live line.
  public synchronized void eraseLive() {
    if (live) {
      err.print(ERASE_LINE);
      err.flush();
      live = false;
    }
  }
}
