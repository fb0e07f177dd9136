package io.github.lotaprestage.build;

import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.TestStore;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Makes the AOT caches of a packaged tree, which contain the classes that real runs loaded. One is
/// for runs that list, the other for those that name their objects or end without a request. The
/// runs are against the emulator, with a retry now and then.
public final class Training {

  private static final int OBJECTS = 30_000;
  private static final String KEY = "s3://bucket/data/shard-000000001.tar";
  private static final String MISSING = "s3://bucket/data/missing";
  private static final String FEW = "s3://runs/step-2/";

  private Training() {}

  /// @param arguments the tree, with `runtime` and `lib` in it
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path tree = Path.of(arguments[0]);
    MemoryOrigin origin =
        new MemoryOrigin().generate("bucket", OBJECTS, "data/shard-%09d.tar"::formatted);
    for (String key :
        List.of("step-1/a.pt", "step-1/.metadata", "step-2/a.pt", "step-2/.metadata")) {
      origin.put("runs", key, 1 << 20);
    }
    AtomicInteger requests = new AtomicInteger();
    try (LotaEmulator lota =
        LotaEmulator.before(origin)
            .countOnly()
            .allowPathStyle()
            .faults((_, _, _, _) ->
                requests.incrementAndGet() % 1000 == 0 ? Fault.status(503, "SlowDown") : Fault.NONE)
            .start()) {
      train(
          tree,
          "listing",
          lota,
          // where many are in flight, the native exit is needed
          List.of(
              "-Dlota-prestage.exit=rehearsal",
              "-Djdk.net.hosts.file=" + System.getProperty("jdk.net.hosts.file")),
          "--dry-run " + FEW,
          "--dry-run -o json " + FEW,
          "--dry-run " + KEY,
          "--dry-run --path-style s3://bucket/data/shard-0000000*",
          "--dry-run --latest 1 s3://runs/",
          MISSING,
          "-o json " + FEW,
          "--no-such-option " + FEW,
          FEW,
          "s3://bucket/data/");
      // without a file of hosts, Java resolves names as it does in real runs
      String named =
          "--path-style --endpoint-url http://localhost:" + lota.address().getPort() + " " + KEY;
      train(
          tree,
          "key",
          lota,
          List.of("-Dlota-prestage.exit="),
          "--version",
          "--help",
          "-h",
          "--no-such-option",
          "-o json " + named,
          named);
    }
  }

  private static void train(
      Path tree, String name, LotaEmulator lota, List<String> properties, String... lines)
      throws IOException, InterruptedException {
    Path cache = tree.resolve("lib/" + name + ".aot");
    List<String> command = new ArrayList<>();
    command.add(tree.resolve("runtime/bin/java").toString());
    command.add("@" + tree.resolve("lib/jvm.options"));
    command.add("-XX:-AOTRecordTraining"); // it is not replayed
    command.add("-XX:AOTCacheOutput=" + cache);
    command.addAll(properties);
    command.add("-cp");
    command.add(tree.resolve("lib/lota-prestage.jar").toString());
    command.add("io.github.lotaprestage.Rehearsal");
    command.addAll(List.of(lines));
    ProcessBuilder run =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    run.environment().clear();
    run.environment().put("LC_ALL", "C.UTF-8");
    run.environment().put("HOME", "/nonexistent");
    run.environment().put("AWS_ENDPOINT_URL", lota.endpoint().toString());
    run.environment().put("AWS_ACCESS_KEY_ID", TestStore.ACCESS_KEY);
    run.environment().put("AWS_SECRET_ACCESS_KEY", TestStore.SECRET_KEY);
    File errors = Files.createTempFile("training", ".err").toFile();
    int code = run.redirectError(errors).start().waitFor();
    if (code != 0 || !Files.exists(cache)) {
      throw new IllegalStateException(
          "training ended with " + code + ": " + Files.readString(errors.toPath()));
    }
    Files.delete(errors.toPath());
  }
}
