package io.github.lotaprestage.cli;

import io.github.lotaprestage.run.ProcessContext;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The width for the help. Java cannot ask a terminal for its size, so `stty` does.
final class TerminalWidth {

  private static final int DEFAULT = 80;
  private static final int MIN = 56; // picocli needs 55
  private static final int MAX = 120; // longer lines are hard to read

  private static final Pattern SIZE = Pattern.compile("\\d{1,5} (\\d{1,5})\\s*");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");

  private TerminalWidth() {}

  /// `COLUMNS`, the width of the terminal if standard output is one, or 80.
  static int of(ProcessContext around) {
    String columns = around.env().getOrDefault("COLUMNS", "");
    int width = NUMBER.matcher(columns).matches() ? Integer.parseInt(columns) : 0;
    if (width == 0 && around.outIsTerminal()) {
      width = ofTerminal();
    }
    return width == 0 ? DEFAULT : Math.clamp(width, MIN, MAX);
  }

  /// 0 if it is not known.
  private static int ofTerminal() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(1, TimeUnit.SECONDS)) {
        stty.destroyForcibly();
        return 0;
      }
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      Matcher matcher = SIZE.matcher(size);
      return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    } catch (IOException e) {
      return 0; // there is no stty or no terminal, and the default is good enough
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
