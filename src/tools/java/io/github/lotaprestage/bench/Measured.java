package io.github.lotaprestage.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// What one run of a program took, start and end of the process included.
///
/// @param peakMebibytes most resident memory
record Measured(double seconds, double cpuSeconds, double peakMebibytes) {

  /// Runs a command once.
  ///
  /// Source of the figures: GNU time.
  ///
  /// @param expected the exit code
  /// @throws IllegalStateException if it ends with another one
  static Measured run(Map<String, String> environment, List<String> command, int expected)
      throws IOException, InterruptedException {
    Path figures = Files.createTempFile("bench", ".time");
    Path output = Files.createTempFile("bench", ".out");
    List<String> timed =
        new ArrayList<>(
            List.of("/usr/bin/time", "-q", "-o", figures.toString(), "-f", "%e %U %S %M"));
    timed.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(timed).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    long start = System.nanoTime();
    int code = builder.start().waitFor();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (code != expected) {
      throw new IllegalStateException(command + " ended with " + code + ": " + tail(output));
    }
    String[] parts = Files.readString(figures).strip().split(" ", -1);
    Files.delete(figures);
    Files.delete(output);
    return new Measured(
        seconds,
        Double.parseDouble(parts[1]) + Double.parseDouble(parts[2]),
        Double.parseDouble(parts[3]) / 1024);
  }

  private static String tail(Path output) throws IOException {
    String text = Files.readString(output);
    return text.substring(Math.max(0, text.length() - 500));
  }

  /// The same, a number of times in a row.
  Measured times(int factor) {
    return new Measured(seconds * factor, cpuSeconds * factor, peakMebibytes);
  }

  /// The run with the median time.
  static Measured median(List<Measured> runs) {
    return runs.stream()
        .sorted(Comparator.comparingDouble(Measured::seconds))
        .toList()
        .get(runs.size() / 2);
  }
}
