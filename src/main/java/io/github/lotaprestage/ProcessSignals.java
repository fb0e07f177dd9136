package io.github.lotaprestage;

import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/// SIGHUP, SIGINT and SIGTERM, with their numbers: the exit code tells which one it was, and a
/// shutdown hook does not know. `sun.misc.Signal` does; javac warns of the name, so it is looked up
/// by it.
///
/// Java leaves a signal alone that was ignored when it started (`nohup`, a background job), and so
/// it stays ignored.
final class ProcessSignals {

  private ProcessSignals() {}

  /// From now on `handler` gets the number of every such signal, and they end nothing by
  /// themselves.
  static void listen(IntConsumer handler) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> signalHandler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              signalHandler.getClassLoader(),
              new Class<?>[] {signalHandler},
              (_, _, arguments) -> {
                handler.accept((int) signal.getMethod("getNumber").invoke(arguments[0]));
                return null;
              });
      for (String name : new String[] {"HUP", "INT", "TERM"}) {
        Object instance = signal.getConstructor(String.class).newInstance(name);
        signal.getMethod("handle", signal, signalHandler).invoke(null, instance, proxy);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java cannot tell signals", e);
    }
  }
}
