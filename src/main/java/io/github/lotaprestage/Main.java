package io.github.lotaprestage;

import io.github.lotaprestage.cli.PrestageCommand;
import io.github.lotaprestage.cli.Surroundings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// The program. Everything it touches outside itself is passed in here, so that tests can pass
/// something else.
public final class Main {

  private Main() {}

  /// Runs and ends the process with the exit code; the only place that does.
  public static void main(String[] args) {
    Exit exit = Exit.prepare();
    exit.with(
        PrestageCommand.run(
            args,
            new Surroundings(
                System.getenv(),
                System.in,
                new FileOutputStream(FileDescriptor.out),
                new PrintStream(
                    new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8),
                Boolean.getBoolean("lota-prestage.stdout-terminal"),
                Boolean.getBoolean("lota-prestage.stderr-terminal"),
                ProcessAge::now,
                ProcessSignals::listen)));
  }
}
