package io.github.lotaprestage.bench;

import io.github.lotaprestage.fixture.MemoryOrigin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import tools.jackson.databind.json.JsonMapper;

/// Staging where fills take time, against what no schedule can beat.
///
/// @param program the packaged one
record Fills(Path program) {

  static final FillModel.Speed SPEED = new FillModel.Speed(20_000_000, 2e9, 2e10);
  static final int PLACES = 300;

  private static final long MEBI = 1L << 20;

  /// Some objects; the sizes are in their names.
  record Work(String name, int count, IntFunction<String> keys) {

    static long size(String key) {
      return key.contains("z-") ? 20_000_000_000L : key.contains("m-") ? 64 * MEBI : 4 * MEBI;
    }

    double lowerBoundSeconds() {
      long total = 0;
      long largest = 0;
      for (int i = 0; i < count; i++) {
        long size = size(keys.apply(i));
        total += size;
        largest = Math.max(largest, size);
      }
      return SPEED.lowerBoundSeconds(count, total, largest, PLACES);
    }
  }

  static final List<Work> WORKS =
      List.of(
          new Work("5,000 x 64 MiB", 5000, "data/m-%06d"::formatted),
          new Work("2,000 x 4 MiB, then 20 GB", 2001, i -> i == 2000 ? large() : small(i)),
          new Work(
              "both",
              7001,
              i -> i == 7000 ? large() : i < 2000 ? small(i) : "data/m-%06d".formatted(i)));

  private static String small(int i) {
    return "data/a-%06d".formatted(i);
  }

  private static String large() {
    return "data/z-large";
  }

  /// What the program says it took, without the start of the process.
  double medianSeconds(Work work, String order) throws IOException, InterruptedException {
    double[] runs = new double[3];
    for (int i = 0; i < runs.length; i++) {
      runs[i] = seconds(work, order);
    }
    Arrays.sort(runs);
    return runs[1];
  }

  private double seconds(Work work, String order) throws IOException, InterruptedException {
    try (StandIn store =
        new StandIn(
            new MemoryOrigin().generate("bucket", work.count(), work.keys(), Work::size),
            Work::size,
            SPEED,
            0)) {
      ProcessBuilder builder =
          new ProcessBuilder(
                  new Peers(program, store.port()).ours("--order", order, "s3://bucket/data/"))
              .redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().putAll(Map.of("AWS_ACCESS_KEY_ID", "a", "AWS_SECRET_ACCESS_KEY", "b"));
      Process process = builder.start();
      String summary = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(summary);
      }
      return JsonMapper.shared().readTree(summary).get("elapsed_seconds").asDouble();
    }
  }
}
