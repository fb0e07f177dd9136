package io.github.lotaprestage.build;

import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.TestStore;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// Makes the AOT caches of a packaged tree: what a real run loads and how its methods behave, so
/// that the next one starts with it. One is for runs that list, the other for those that name their
/// objects. The runs are against the emulator, with a retry now and then, as it is. They print text
/// and write the summary as JSON, so that the classes of both are in the caches.
public final class Training {

  private static final int OBJECTS = 30_000;

  private Training() {}

  /// @param arguments the tree, with `runtime` and `lib` in it
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path tree = Path.of(arguments[0]);
    MemoryOrigin origin =
        new MemoryOrigin().generate("bucket", OBJECTS, "data/shard-%09d.tar"::formatted);
    AtomicInteger requests = new AtomicInteger();
    try (LotaEmulator lota =
        LotaEmulator.before(origin)
            .countOnly()
            .faults((_, _, _, _) ->
                requests.incrementAndGet() % 1000 == 0 ? Fault.status(503, "SlowDown") : Fault.NONE)
            .start()) {
      train(tree, "listing", lota, "s3://bucket/data/");
      train(tree, "key", lota, "s3://bucket/data/shard-000000001.tar");
    }
  }

  private static void train(Path tree, String name, LotaEmulator lota, String target)
      throws IOException, InterruptedException {
    Path cache = tree.resolve("lib/" + name + ".aot");
    Path json = Files.createTempFile("training", ".json");
    ProcessBuilder run =
        new ProcessBuilder(
                tree.resolve("bin/lota-prestage").toString(), "--summary-file=" + json, target)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    run.environment().clear();
    run.environment().put("PATH", "/usr/bin:/bin");
    run.environment().put("HOME", "/nonexistent");
    run.environment().put("AWS_ENDPOINT_URL", lota.endpoint().toString());
    run.environment().put("AWS_ACCESS_KEY_ID", TestStore.ACCESS_KEY);
    run.environment().put("AWS_SECRET_ACCESS_KEY", TestStore.SECRET_KEY);
    run.environment()
        .put(
            "LOTA_PRESTAGE_JAVA_OPTS",
            "-XX:AOTCacheOutput=%s -Dlota-prestage.exit=rehearsal -Djdk.net.hosts.file=%s"
                .formatted(cache, System.getProperty("jdk.net.hosts.file")));
    File errors = Files.createTempFile("training", ".err").toFile();
    int code = run.redirectError(errors).start().waitFor();
    if (code != 0 || !Files.exists(cache)) {
      throw new IllegalStateException(
          "training ended with " + code + ": " + Files.readString(errors.toPath()));
    }
    Files.delete(errors.toPath());
    Files.delete(json);
  }
}
