package io.github.lotaprestage.report.live;

import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.plan.OutputOptions;
import io.github.lotaprestage.report.Console;
import io.github.lotaprestage.report.format.Terminal;
import io.github.lotaprestage.report.sink.Sink;
import io.github.lotaprestage.report.sink.Snapshot;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Shows the progress at the bottom of a terminal, and fits it to the size that the terminal has at
/// that moment. It is one line where results scroll above it, otherwise up to three.
public final class LiveDisplay implements Sink {

  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final int DEFAULT_COLUMNS = 80;

  /// In a lower window, three lines would be most of it.
  private static final int ROWS_FOR_MORE = 8;

  private final Console console;
  private final Terminal terminal;
  private final boolean scrolls;
  private final boolean colour;
  private final Standing standing;
  private final @Nullable ZonedDateTime deadline;
  private final Speed speed = new Speed();
  private long finishedBytes;

  /// @param scrolls whether results appear on the same terminal
  /// @param timeLeft until `--max-duration`; null if there is none
  public LiveDisplay(
      Console console,
      Terminal terminal,
      boolean scrolls,
      boolean colour,
      Standing standing,
      @Nullable Duration timeLeft) {
    this.console = console;
    this.terminal = terminal;
    this.scrolls = scrolls;
    this.colour = colour;
    this.standing = standing;
    this.deadline =
        timeLeft == null ? null : ZonedDateTime.now(ZoneId.systemDefault()).plus(timeLeft);
  }

  /// Whether the options ask for it.
  public static boolean isWanted(OutputOptions options) {
    return switch (options.progress()) {
      case ALWAYS -> true;
      case AUTO -> options.detail() != OutputOptions.Detail.FAILURES;
      case NEVER -> false;
    };
  }

  @Override
  public void object(Outcome outcome) {
    finishedBytes += outcome.object().summableSize();
  }

  @Override
  public Duration interval() {
    return INTERVAL;
  }

  @Override
  public void progress(Snapshot now) {
    speed.add(now.elapsed(), now.finished(), finishedBytes);
    View view =
        new View(
            now,
            finishedBytes,
            standing.totalBytes(),
            standing.slowest().orElse(null),
            standing.stopping(),
            speed,
            ZonedDateTime.now(ZoneId.systemDefault()),
            deadline);
    int columns = terminal.columns();
    // The last column stays empty, because terminals differ in what happens after it.
    console.live(
        drawing(view, (columns <= 0 ? DEFAULT_COLUMNS : columns) - 1, terminal.rows(), colour));
  }

  private String drawing(View view, int columns, int rows, boolean coloured) {
    boolean more = !scrolls && (rows <= 0 || rows >= ROWS_FOR_MORE);
    List<String> lines = new ArrayList<>();
    for (List<Piece> pieces : more ? view.lines(columns) : List.of(view.line(columns))) {
      String line = Line.of(pieces, columns, coloured);
      if (!line.isEmpty()) {
        lines.add(line);
      }
    }
    return String.join("\r\n", lines)
        + (lines.size() > 1 ? "\u001b[" + (lines.size() - 1) + "A" : "")
        + "\r";
  }

  @Override
  public void flush() {
    console.redraw();
  }

  @Override
  public void end() {
    console.endLive();
  }

  @Override
  public void failed(IOException failure) {
    throw new IllegalStateException("writing to standard error does not fail", failure);
  }
}
