package io.github.lotaprestage.run;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/// The surroundings of a run: environment, streams, terminal, signals.
///
/// @param command the program and its arguments, as they were given
/// @param env the environment, `HOME` included; values lose surrounding white space, and a variable
///   with an empty value is not in it
/// @param age how long the process has been running; looked up only if it is needed
/// @param outIsTerminal set by the launcher, because Java cannot find out for a single stream
public record ProcessContext(
    List<String> command,
    Map<String, String> env,
    InputStream in,
    OutputStream out,
    PrintStream err,
    boolean outIsTerminal,
    boolean errIsTerminal,
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

  /// Source: no-color.org, and terminals that say they are dumb.
  public boolean wantsColour() {
    return outIsTerminal
        && env.getOrDefault("NO_COLOR", "").isEmpty()
        && !env.getOrDefault("TERM", "").equals("dumb");
  }
}
