package io.github.lotaprestage;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The end of the process.
///
/// Java's own exit waits up to 0.3 s for threads in native code. Once virtual threads have waited
/// for sockets there is always one, their poller. Then the C library's `_exit` is called, which
/// does not wait. Looking it up takes 20 ms of CPU, so it is done ahead as soon as there is a
/// poller, and small runs, which have none, do without. Everything is written when the process
/// ends.
final class Exit {

  private static final String PROPERTY = "lota-prestage.exit";
  private static final String FAST = "fast";

  private static final Duration CHECK_EVERY = Duration.ofMillis(50);
  private static final int CHECKS = 5;
  private static final long BETWEEN_CHECKS_NANOS = 1_000_000;

  // In fields, because the runs that an AOT cache is made of meet only one of them.
  private static final Predicate<Thread> IS_POLLER = Exit::isPoller;
  private static final Predicate<Thread> MAY_BE_IN_NATIVE = Exit::mayBeInNative;

  private final @Nullable String how = System.getProperty(PROPERTY);
  private final FutureTask<MethodHandle> nativeExit = new FutureTask<>(Exit::nativeExit);

  private Exit() {}

  /// The launcher asks for a fast exit, except where options such as a profiler may need Java's
  /// own.
  static Exit prepare() {
    Exit exit = new Exit();
    if (exit.how != null) {
      Thread.ofPlatform().daemon().name("exit").start(exit::lookUpAhead);
    }
    return exit;
  }

  private void lookUpAhead() {
    try {
      while (!anyThread(IS_POLLER)) {
        Thread.sleep(CHECK_EVERY);
      }
      nativeExit.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Ends the process. When an AOT cache is made, the property has another value: then the classes
  /// for the native exit are loaded if need be, but Java's own exit is used, which writes the
  /// cache.
  void with(int code) {
    boolean delayed = isDelayed();
    if (delayed && how != null && !how.isEmpty()) {
      callNative(code);
    }
    if (FAST.equals(how)) {
      Runtime.getRuntime().halt(code);
    }
    System.exit(code);
  }

  private void callNative(int code) {
    try {
      nativeExit.run();
      MethodHandle exit = nativeExit.get();
      if (FAST.equals(how)) {
        exit.invokeExact(code);
      }
    } catch (Throwable e) {
      System.exit(code); // slower, and just as good
    }
  }

  /// Whether Java's own exit would wait. A thread that is just ending does not count.
  private static boolean isDelayed() {
    if (anyThread(IS_POLLER)) {
      return true;
    }
    for (int i = 0; i < CHECKS; i++) {
      if (!anyThread(MAY_BE_IN_NATIVE)) {
        return false;
      }
      LockSupport.parkNanos(BETWEEN_CHECKS_NANOS);
    }
    return true;
  }

  private static boolean isPoller(Thread thread) {
    return thread.getName().endsWith("Poller");
  }

  /// Whether another thread may be in native code. A thread that waits for the network or a file is
  /// `RUNNABLE`.
  private static boolean mayBeInNative(Thread thread) {
    return !thread.equals(Thread.currentThread())
        && thread.getState() == Thread.State.RUNNABLE
        && !isOfVirtualMachine(thread);
  }

  /// Looks at all platform threads, those of the JDK included.
  private static boolean anyThread(Predicate<Thread> wanted) {
    ThreadGroup all = Thread.currentThread().getThreadGroup();
    while (all.getParent() != null) {
      all = all.getParent();
    }
    Thread[] threads = new Thread[2 * all.activeCount()];
    int count = all.enumerate(threads);
    for (int i = 0; i < count; i++) {
      if (wanted.test(threads[i])) {
        return true;
      }
    }
    return false;
  }

  /// These are `RUNNABLE` while they wait inside the virtual machine.
  private static boolean isOfVirtualMachine(Thread thread) {
    return switch (thread.getName()) {
      case "Reference Handler",
          "Signal Dispatcher",
          "Notification Thread",
          "Service Thread",
          "VirtualThread-unblocker" ->
          true;
      default -> false;
    };
  }

  @SuppressWarnings("restricted") // the launcher allows it
  private static MethodHandle nativeExit() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("_exit"),
        FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
  }
}
