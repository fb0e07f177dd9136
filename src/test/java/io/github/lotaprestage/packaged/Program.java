package io.github.lotaprestage.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.CommandLine;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.Result;
import io.github.lotaprestage.fixture.TestStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Runs the packaged program as its users do: a process with an environment of its own, and with
/// signals as in a terminal, even where the tests run in the background, which ignores SIGINT.
final class Program {

  /// The launcher that the build left.
  static final String PATH =
      System.getProperty(
          "lota.prestage.program",
          Path.of("target/dist/lota-prestage/bin/lota-prestage").toAbsolutePath().toString());

  private final ProcessBuilder builder = new ProcessBuilder();
  private Input input = _ -> {};

  private Program() {
    Map<String, String> env = builder.environment();
    env.clear();
    env.put("PATH", "/usr/bin:/bin");
    env.put("JAVA_HOME", System.getProperty("java.home"));
    env.put("HOME", "/nonexistent");
    env.put("LOTA_PRESTAGE_JAVA_OPTS", hosts());
  }

  /// The program with the test credentials, pointed at `endpoint`.
  static Program at(Object endpoint) {
    return bare()
        .endpoint(endpoint)
        .env("AWS_ACCESS_KEY_ID", TestStore.ACCESS_KEY)
        .env("AWS_SECRET_ACCESS_KEY", TestStore.SECRET_KEY);
  }

  static Program at(LotaEmulator lota) {
    return at(lota.endpoint());
  }

  /// The program with nothing around it.
  static Program bare() {
    return new Program();
  }

  private static String hosts() {
    return "-Djdk.net.hosts.file=" + Path.of("src/tools/resources/hosts").toAbsolutePath();
  }

  Program endpoint(Object endpoint) {
    return env("AWS_ENDPOINT_URL", endpoint.toString());
  }

  Program env(String name, String value) {
    builder.environment().put(name, value);
    return this;
  }

  Program without(String name) {
    builder.environment().remove(name);
    return this;
  }

  Program javaOptions(String options) {
    return env("LOTA_PRESTAGE_JAVA_OPTS", hosts() + " " + options);
  }

  /// What is written to the program's standard input.
  interface Input {
    void writeTo(OutputStream out) throws IOException;
  }

  Program input(Input value) {
    input = value;
    return this;
  }

  /// Runs it with a [command line][CommandLine].
  Result run(String line, Object... words) throws IOException, InterruptedException {
    return execute(program(line, words));
  }

  /// Runs it with a [command line][CommandLine], and asks for JSON.
  Result json(String line, Object... words) throws IOException, InterruptedException {
    return run("-o json " + line, words);
  }

  /// Runs a line of shell in which `"$0"` is the program and `"$1"` the first of the words.
  Result shell(String line, Object... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", "-c", line, PATH));
    for (Object word : words) {
      command.add(word.toString());
    }
    return execute(command);
  }

  /// Starts it with standard output in a file and standard error dropped.
  Process start(Path out, String line, Object... words) throws IOException {
    return start(out, program(line, words));
  }

  /// Starts a line of shell as [#start] does the program.
  Process startShell(Path out, String line) throws IOException {
    return start(out, List.of("bash", "-c", line, PATH));
  }

  private Process start(Path out, List<String> command) throws IOException {
    return builder
        .command(withSignals(command))
        .redirectOutput(out.toFile())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /// Starts it with standard output in a pipe that nobody reads.
  Process startUnread(String line, Object... words) throws IOException {
    return builder
        .command(withSignals(program(line, words)))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static List<String> program(String line, Object... words) {
    List<String> command = CommandLine.words(line, words);
    command.addFirst(PATH);
    return command;
  }

  private static List<String> withSignals(List<String> command) {
    List<String> all = new ArrayList<>(List.of("/usr/bin/env", "--default-signal"));
    all.addAll(command);
    return all;
  }

  private Result execute(List<String> command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("program", ".out");
    Path err = Files.createTempFile("program", ".err");
    try {
      Process process =
          builder
              .command(withSignals(command))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      CompletableFuture<Void> fed =
          CompletableFuture.runAsync(() -> {
            try (OutputStream in = process.getOutputStream()) {
              input.writeTo(in);
            } catch (IOException e) {
              return; // it stopped reading: its exit code tells why
            }
          });
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ended in time").isTrue();
      fed.join();
      return Result.validated(
          CommandLine.typed(command),
          process.exitValue(),
          Files.readString(out),
          Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
