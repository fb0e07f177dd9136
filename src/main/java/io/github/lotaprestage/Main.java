package io.github.lotaprestage;

import io.github.lotaprestage.cli.PrestageCommand;
import io.github.lotaprestage.report.ExitStatus;
import io.github.lotaprestage.run.ProcessContext;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The program. Everything it touches outside itself is passed in here, so that tests can pass
/// something else.
public final class Main {

  private static final int SIGNAL_CODES = 128;

  private Main() {}

  /// Runs and ends the process with the exit code; the only place that does.
  public static void main(String[] args) {
    searchNoJars();
    Exit exit = Exit.prepare();
    int code = run(args);
    if (code == ExitStatus.LIMITED.code() || code > SIGNAL_CODES) {
      // A credential_process may still be running; it ends with the program.
      ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }
    exit.with(code);
  }

  /// Libraries and the JDK look for providers and extensions with this class loader, which all
  /// threads inherit. There are none on the class path, and to find that out takes as long as to
  /// open every jar.
  private static void searchNoJars() {
    Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
  }

  static int run(String[] args) {
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8);
    Invocation invocation;
    try {
      invocation = Invocation.of(args);
    } catch (Invocation.NotUtf8Exception e) {
      return PrestageCommand.refuse(
          String.valueOf(e.getMessage()),
          args,
          surroundings(new Invocation(List.of(args), System.getenv()), err));
    }
    return PrestageCommand.run(
        invocation.arguments().toArray(String[]::new), surroundings(invocation, err));
  }

  private static ProcessContext surroundings(Invocation invocation, PrintStream err) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("lota-prestage.program", "lota-prestage"));
    command.addAll(invocation.arguments());
    return new ProcessContext(
        command,
        invocation.env(),
        Boolean.getBoolean("lota-prestage.stdin-closed") ? new ClosedInput() : System.in,
        new FileOutputStream(FileDescriptor.out),
        err,
        terminal("lota-prestage.stdout-terminal", 1),
        terminal("lota-prestage.stderr-terminal", 2),
        ProcessAge::now,
        ProcessSignals::listen);
  }

  /// The launcher finds out what is a terminal, because Java cannot for a single stream.
  private static @Nullable TerminalWindow terminal(String property, int descriptor) {
    return Boolean.getBoolean(property) ? new TerminalWindow(descriptor) : null;
  }
}
