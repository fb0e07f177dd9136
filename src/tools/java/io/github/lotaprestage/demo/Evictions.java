package io.github.lotaprestage.demo;

import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.TestStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// What a run evicts with and without a limit. Another job has filled half of an emulated cache of
/// 100 MiB, and the packaged program then stages a prefix of 120 MiB.
public final class Evictions {

  private static final int OBJECT_BYTES = 1 << 20;
  private static final int CACHE_OBJECTS = 100;
  private static final String OTHER = "s3://bucket/other-job/";
  private static final String OWN = "s3://bucket/imagenet/";

  private static final List<String> LIMITS =
      List.of(
          "(no limit)",
          "--cache-capacity 50MiB",
          "--cache-capacity 50MiB --capacity-policy refuse");

  private Evictions() {}

  /// What happened to the objects of one run and to those of the other job.
  ///
  /// @param evictedAgain objects of the run that it evicted itself
  private record Run(
      String limit,
      int exitCode,
      long staged,
      long skipped,
      long evictedOthers,
      long evictedAgain) {

    String row() {
      return "%-47s%11d%8d%9d%17d%5d%n"
          .formatted(limit, exitCode, staged, skipped, evictedOthers, evictedAgain);
    }
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.out.print(table(System.getProperty("lota.prestage.program")));
  }

  /// Runs the program once for each limit.
  ///
  /// @param program the path of the launcher
  /// @return a table with a line for each
  public static String table(String program) throws IOException, InterruptedException {
    StringBuilder table =
        new StringBuilder(
            """
            limit                                            exit code  staged  skipped  evicted: others  own
            """);
    for (String limit : LIMITS) {
      table.append(measure(program, limit).row());
    }
    return table.toString();
  }

  private static Run measure(String program, String limit)
      throws IOException, InterruptedException {
    MemoryOrigin origin = new MemoryOrigin();
    for (int i = 0; i < CACHE_OBJECTS / 2; i++) {
      origin.put("bucket", String.format(Locale.ROOT, "other-job/%03d", i), OBJECT_BYTES);
    }
    for (int i = 0; i < CACHE_OBJECTS * 12 / 10; i++) {
      origin.put("bucket", String.format(Locale.ROOT, "imagenet/%03d", i), OBJECT_BYTES);
    }
    Path summary = Files.createTempFile("summary", ".json");
    try (LotaEmulator lota =
        LotaEmulator.before(origin)
            .credentials(TestStore.ACCESS_KEY, TestStore.SECRET_KEY)
            .capacity((long) CACHE_OBJECTS * OBJECT_BYTES)
            .start()) {
      int other = stage(program, lota.endpoint(), List.of(OTHER));
      if (other != 0) {
        throw new IllegalStateException("the other job ended with exit code " + other);
      }
      List<String> words = new ArrayList<>(List.of(OWN, "--summary-file", summary.toString()));
      if (limit.startsWith("-")) {
        words.addAll(List.of(limit.split(" ")));
      }
      int exitCode = stage(program, lota.endpoint(), words);
      JsonNode counts = new ObjectMapper().readTree(Files.readString(summary));
      return new Run(
          limit,
          exitCode,
          counts.get("prestaged").asLong(),
          counts.get("skipped").asLong(),
          lota.evicted(OTHER),
          lota.evicted(OWN));
    } finally {
      Files.delete(summary);
    }
  }

  private static int stage(String program, URI endpoint, List<String> words)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(program, "-q", "-q", "--endpoint-url", endpoint.toString()));
    command.addAll(words);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_ACCESS_KEY_ID", TestStore.ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY", TestStore.SECRET_KEY,
                "LOTA_PRESTAGE_JAVA_OPTS",
                    "-Djdk.net.hosts.file="
                        + Path.of("src/tools/resources/hosts").toAbsolutePath()));
    return builder.start().waitFor();
  }
}
