package io.github.lotaprestage.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.TestStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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

  private final ProcessBuilder builder;
  private byte[] input = new byte[0];

  private Program(List<String> command) {
    builder = new ProcessBuilder("/usr/bin/env", "--default-signal");
    builder.command().addAll(command);
    Map<String, String> env = builder.environment();
    env.clear();
    env.put("PATH", "/usr/bin:/bin");
    env.put("JAVA_HOME", System.getProperty("java.home"));
    env.put("HOME", "/nonexistent");
    env.put("LOTA_PRESTAGE_JAVA_OPTS", hosts());
  }

  static Program with(String... args) {
    List<String> command = new ArrayList<>(List.of(PATH));
    command.addAll(List.of(args));
    return new Program(command);
  }

  /// A shell line in which `"$0"` is the program.
  static Program shell(String line, String... args) {
    List<String> command = new ArrayList<>(List.of("bash", "-c", line, PATH));
    command.addAll(List.of(args));
    return new Program(command);
  }

  private static String hosts() {
    return "-Djdk.net.hosts.file=" + Path.of("src/tools/resources/hosts").toAbsolutePath();
  }

  Program at(Object endpoint) {
    return env("AWS_ENDPOINT_URL", endpoint.toString());
  }

  Program keys() {
    return env("AWS_ACCESS_KEY_ID", TestStore.ACCESS_KEY)
        .env("AWS_SECRET_ACCESS_KEY", TestStore.SECRET_KEY);
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

  Program input(String text) {
    input = text.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  /// Starts it with standard output in a file and standard error dropped.
  Process start(Path out) throws IOException {
    return builder
        .redirectOutput(out.toFile())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /// Starts it with standard output in a pipe that nobody reads.
  Process startUnread() throws IOException {
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  Cli.Result run() throws IOException, InterruptedException {
    return run(out -> out.write(input));
  }

  /// What is written to the program's standard input.
  interface Input {
    void writeTo(OutputStream out) throws IOException;
  }

  Cli.Result run(Input feed) throws IOException, InterruptedException {
    Path out = Files.createTempFile("program", ".out");
    Path err = Files.createTempFile("program", ".err");
    try {
      Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      CompletableFuture<Void> fed =
          CompletableFuture.runAsync(() -> {
            try (OutputStream in = process.getOutputStream()) {
              feed.writeTo(in);
            } catch (IOException e) {
              return; // it stopped reading: its exit code tells why
            }
          });
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ended in time").isTrue();
      fed.join();
      return new Cli.Result(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
