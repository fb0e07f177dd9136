package io.github.lotaprestage.run;

import io.github.lotaprestage.report.ResultWriter.TextStyle;
import io.github.lotaprestage.report.format.Terminal;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The surroundings of a run: environment, streams, terminal, signals.
///
/// @param command the program and its arguments, as they were given
/// @param env the environment, `HOME` included; values lose surrounding white space, and a variable
///   with an empty value is not in it
/// @param age how long the process has been running; looked up only if it is needed
/// @param outTerminal that shows standard output; null if it goes elsewhere
/// @param errTerminal the same for standard error
public record ProcessContext(
    List<String> command,
    Map<String, String> env,
    InputStream in,
    OutputStream out,
    PrintStream err,
    @Nullable Terminal outTerminal,
    @Nullable Terminal errTerminal,
    Supplier<Duration> age,
    Signals signals) {

  public ProcessContext {
    env = Environment.of(env);
  }

  /// The source of signals.
  public interface Signals {
    /// From now on `handler` gets the number of each SIGHUP (1), SIGINT (2) and SIGTERM (15) that
    /// was not ignored when the process started.
    void listen(IntConsumer handler);
  }

  public boolean outIsTerminal() {
    return outTerminal != null;
  }

  public boolean errIsTerminal() {
    return errTerminal != null;
  }

  /// Whether standard output may be coloured.
  public boolean wantsColour() {
    return wantsColour(outIsTerminal());
  }

  /// Sources: no-color.org, bixense.com/clicolors, and terminals that say they are dumb.
  boolean wantsColour(boolean terminal) {
    if (env.containsKey("NO_COLOR")) {
      return false;
    }
    return !env.getOrDefault("CLICOLOR_FORCE", "0").equals("0")
        || (terminal && !env.getOrDefault("TERM", "").equals("dumb"));
  }

  /// How text on standard output looks.
  public TextStyle style() {
    return new TextStyle(wantsColour(), outTerminal);
  }

  /// The terminal for lines that change, on standard error. Null if there is none, if it cannot
  /// move its cursor, and in CI, which keeps every version of such a line in its log.
  @Nullable Terminal liveTerminal() {
    String kind = env.getOrDefault("TERM", "dumb");
    String ci = env.getOrDefault("CI", "false");
    return kind.equals("dumb") || !(ci.equals("false") || ci.equals("0")) ? null : errTerminal;
  }
}
