package io.github.lotaprestage;

import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/// SIGHUP, SIGINT and SIGTERM with their numbers. The exit code depends on the number, which a
/// shutdown hook does not know. `sun.misc.Signal` does; it is used by reflection, because javac
/// warns of its name.
///
/// A signal that was ignored when Java started (`nohup`, a background job) stays ignored.
final class ProcessSignals {

  private ProcessSignals() {}

  /// From now on these signals call `handler` with their number and do not end the process.
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
      throw new IllegalStateException("this Java runtime does not report signals", e);
    }
  }
}
