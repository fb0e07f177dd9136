package io.github.lotaprestage.cli;

import io.github.lotaprestage.report.format.Terminal;
import io.github.lotaprestage.run.ProcessContext;
import java.util.regex.Pattern;

/// The width for the help.
final class TerminalWidth {

  private static final int DEFAULT = 80;
  private static final int MIN = 56; // picocli needs 55
  private static final int MAX = 120; // longer lines are hard to read

  private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");

  private TerminalWidth() {}

  /// `COLUMNS`, the width of the terminal if standard output is one, or 80.
  static int of(ProcessContext around) {
    String columns = around.env().getOrDefault("COLUMNS", "");
    int width = NUMBER.matcher(columns).matches() ? Integer.parseInt(columns) : 0;
    Terminal terminal = around.outTerminal();
    if (width == 0 && terminal != null) {
      width = terminal.columns();
    }
    return width == 0 ? DEFAULT : Math.clamp(width, MIN, MAX);
  }
}
