package io.github.lotaprestage;

import io.github.lotaprestage.report.format.Terminal;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/// The terminal that a file descriptor belongs to. Java cannot ask a terminal for its size, so this
/// asks Linux, each time: that takes a microsecond, and so a resized window is noticed at once.
final class TerminalWindow implements Terminal {

  /// `TIOCGWINSZ` on x86, Arm and RISC-V. It fills four unsigned shorts: rows, columns, and the
  /// size in pixels.
  private static final long GET_WINDOW_SIZE = 0x5413;

  private final int descriptor;
  private boolean tried;
  private @Nullable MethodHandle ioctl;
  private MemorySegment size = MemorySegment.NULL;

  TerminalWindow(int descriptor) {
    this.descriptor = descriptor;
  }

  @Override
  public int columns() {
    return ask(1);
  }

  @Override
  public int rows() {
    return ask(0);
  }

  private synchronized int ask(int index) {
    try {
      if (!tried) {
        tried = true;
        prepare();
      }
      MethodHandle handle = ioctl;
      return handle != null && (int) handle.invokeExact(descriptor, GET_WINDOW_SIZE, size) == 0
          ? Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, index))
          : 0;
    } catch (Throwable e) {
      return 0; // then it is not known
    }
  }

  @SuppressWarnings("restricted") // the launcher allows it
  private void prepare() {
    Linker linker = Linker.nativeLinker();
    size = Arena.global().allocate(4 * Short.BYTES, Short.BYTES);
    ioctl =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("ioctl"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS),
            Linker.Option.firstVariadicArg(2));
  }
}
