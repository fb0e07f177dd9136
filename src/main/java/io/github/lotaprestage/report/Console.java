package io.github.lotaprestage.report;

import io.github.lotaprestage.report.format.Escapes;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/// Standard error, shared by messages, the log and the live display, so that they do not overwrite
/// each other. Safe for use by several threads.
///
/// It is text until [#useJson]; after that every line is a JSON object.
public final class Console {

  private static final String PREFIX = "lota-prestage: ";
  private static final String ERASE = "\r\u001b[J";
  private static final String NO_WRAP = "\u001b[?7l";
  private static final String WRAP = "\u001b[?7h";
  private static final Duration LAST_WAIT = Duration.ofMillis(100);
  private static final Path STANDARD_OUTPUT = Path.of("/dev/stdout");
  private static final Path STANDARD_ERROR = Path.of("/dev/stderr");

  /// How much a message matters.
  public enum Level {
    /// Something failed.
    ERROR,
    /// Something may not be as the user wants it.
    WARN,
    /// Something that is good to know.
    INFO;

    private final String word = name().toLowerCase(Locale.ROOT);
  }

  private final PrintStream err;
  private final boolean terminal;
  private final boolean shared;
  private volatile boolean json;
  private volatile boolean errorsOnly;

  /// Whether standard output writes to the same file or pipe, lines of JSON too.
  private volatile boolean oneFile;

  private String drawing = "";
  private boolean live;
  private boolean over;

  /// Whether the live display made room for standard output.
  private boolean moved;

  /// @param terminal whether `err` is a terminal; only then there is a live display
  /// @param shared whether standard output is a terminal too, most likely the same one
  public Console(PrintStream err, boolean terminal, boolean shared) {
    this.err = err;
    this.terminal = terminal;
    this.shared = shared;
  }

  public boolean isTerminal() {
    return terminal;
  }

  /// From now on all lines are JSON, unless standard error is a terminal.
  public void useJson() {
    if (!terminal && !json) {
      json = true;
      oneFile = sameFile();
    }
  }

  private static boolean sameFile() {
    try {
      return Files.isSameFile(STANDARD_OUTPUT, STANDARD_ERROR);
    } catch (IOException e) {
      return false; // a closed stream shares nothing
    }
  }

  public boolean isJson() {
    return json;
  }

  /// From now on messages that are not errors are dropped.
  public void showErrorsOnly() {
    errorsOnly = true;
  }

  /// Writes an error; see [#message(Level, String)].
  public void message(String text) {
    message(Level.ERROR, text);
  }

  /// Writes one line. As text it begins with the name of the program and has control characters
  /// escaped.
  public void message(Level level, String text) {
    if (level == Level.ERROR || !errorsOnly) {
      write(level.word, text, text);
    }
  }

  /// Writes a message like [#message(Level, String)], and returns after a moment even if standard
  /// error is not read.
  public void tryMessage(Level level, String text) {
    briefly(() -> message(level, text));
  }

  private static void briefly(Runnable writing) {
    try {
      Thread.ofPlatform().daemon().name("message").start(writing).join(LAST_WAIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Removes the live display for good, or gives up after a moment; see [#tryMessage].
  public void tryEndLive() {
    briefly(this::endLive);
  }

  /// Writes a line about the progress, whatever messages are shown.
  public void progress(String text) {
    write(Level.INFO.word, text, text);
  }

  /// Writes a line of the log, which shows its level as text too.
  ///
  /// @param level in lower case
  public void log(String level, String text) {
    write(level, text, level + ": " + text);
  }

  private void write(String level, String text, String shown) {
    if (json) {
      json(MessageJson.message(level, text, null));
    } else {
      lines(PREFIX + Escapes.visible(shown) + "\n");
    }
  }

  /// Writes where in the program an error came from.
  ///
  /// @param trace lines of text, of which the first describes the error
  public void stackTrace(String trace) {
    if (json) {
      json(MessageJson.message(Level.ERROR.word, trace.lines().findFirst().orElse(""), trace));
    } else {
      lines(trace);
    }
  }

  /// Writes several lines for people, as they are.
  public void help(String text) {
    if (json) {
      json(MessageJson.message(Level.INFO.word, text.strip(), null));
    } else {
      lines(text);
    }
  }

  private synchronized void lines(String text) {
    if (live) {
      err.print(ERASE + text + drawn());
    } else {
      err.print(text);
    }
    err.flush();
  }

  /// Writes a line of JSON, whole with its line end.
  public synchronized void json(byte[] object) {
    err.write(object, 0, object.length);
    err.flush();
  }

  /// Writes whole lines of results. If they go to the same file as messages, no message is written
  /// meanwhile; otherwise none has to wait for a slow reader of the results. On the terminal of the
  /// live display, that makes room until [#redraw].
  void writeResults(OutputStream out, byte[] lines, int offset, int length) throws IOException {
    if (shared) {
      makeRoom();
    }
    if (!oneFile) {
      out.write(lines, offset, length);
      return;
    }
    synchronized (this) {
      out.write(lines, offset, length);
    }
  }

  /// Draws the live display, replacing the previous one.
  ///
  /// @param text of one or more lines, which leaves the cursor at their beginning: there it stays
  ///   if the terminal wraps the lines again for another width
  public synchronized void live(String text) {
    if (over) {
      return;
    }
    err.print((live ? ERASE : "\r") + drawn(text));
    err.flush();
    live = true;
    moved = false;
  }

  private String drawn(String text) {
    drawing = text;
    return drawn();
  }

  private String drawn() {
    return NO_WRAP + drawing + WRAP;
  }

  /// Draws the live display again if it had to make room.
  public synchronized void redraw() {
    if (moved) {
      live(drawing);
    }
  }

  private synchronized void makeRoom() {
    if (live) {
      erase();
      moved = true;
    }
  }

  /// Removes the live display for good.
  public synchronized void endLive() {
    over = true;
    if (live) {
      erase();
    }
  }

  private void erase() {
    err.print(ERASE);
    err.flush();
    live = false;
  }
}
