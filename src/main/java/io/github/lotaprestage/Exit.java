package io.github.lotaprestage;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// The end of the process.
///
/// `System.exit` waits 0.3 s for threads in native code, and the poller that virtual threads read
/// with is always one: longer than a HEAD of a small object takes with all its start-up. The
/// launcher asks for the C library's `_exit` instead, which does not wait. Everything is written by
/// then.
final class Exit {

  private static final String PROPERTY = "lota-prestage.exit";
  private static final String NATIVE = "native";

  private final String how = System.getProperty(PROPERTY, "");
  private final @Nullable FutureTask<MethodHandle> nativeExit =
      how.isEmpty() ? null : new FutureTask<>(Exit::nativeExit);

  private Exit() {}

  /// Prepares while the program runs, because finding a native function takes longer than a HEAD.
  static Exit prepare() {
    Exit exit = new Exit();
    if (exit.nativeExit != null) {
      Thread.ofPlatform().daemon().name("exit").start(exit.nativeExit);
    }
    return exit;
  }

  /// Ends the process; with any value of the property but `native` only what that takes is loaded,
  /// which is how the AOT cache is trained.
  void with(int code) {
    if (nativeExit != null) {
      try {
        MethodHandle exit = nativeExit.get();
        if (how.equals(NATIVE)) {
          exit.invokeExact(code);
        }
      } catch (Throwable e) {
        System.exit(code); // slower, and just as good
      }
    }
    System.exit(code);
  }

  @SuppressWarnings("restricted") // the launcher allows it
  private static MethodHandle nativeExit() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("_exit"),
        FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
  }
}
