package io.github.lotaprestage;

import java.util.List;
import java.util.function.IntConsumer;
import sun.misc.Signal;

/// SIGHUP, SIGINT and SIGTERM with their numbers. The exit code depends on the number, which a
/// shutdown hook does not know.
///
/// A signal that was ignored when Java started (`nohup`, a background job) stays ignored.
///
/// This class is compiled on its own, because javac warns of `sun.misc.Signal`, and only reflection
/// would avoid the warning; that takes 10 ms of each start.
final class ProcessSignals {

  private ProcessSignals() {}

  /// From now on these signals call `handler` with their number and do not end the process.
  static void listen(IntConsumer handler) {
    for (String name : List.of("HUP", "INT", "TERM")) {
      Signal.handle(new Signal(name), signal -> handler.accept(signal.getNumber()));
    }
  }
}
