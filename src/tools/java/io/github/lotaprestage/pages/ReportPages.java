package io.github.lotaprestage.pages;

import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Request;
import io.github.lotaprestage.fixture.TestStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Writes a page of `--report` for each way in which a run can end, with the packaged program and
/// an emulated LOTA. The argument is the directory for the pages.
public final class ReportPages {

  private static final long MIB = 1L << 20;

  private final Path directory;

  /// Keys whose first request was refused.
  private final Set<String> throttled = ConcurrentHashMap.newKeySet();

  private ReportPages(Path directory) {
    this.directory = directory;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    new ReportPages(Path.of(args[0])).write();
  }

  private void write() throws IOException, InterruptedException {
    try (LotaEmulator lota =
        LotaEmulator.before(objects())
            .keepNothing()
            .credentials(TestStore.ACCESS_KEY, TestStore.SECRET_KEY)
            .faults(this::fault)
            .start()) {
      String imagenet = "s3://datasets/imagenet/";
      run("staged", lota, 0, "-c", "60", imagenet);
      run(
          "failed",
          lota,
          1,
          "-c",
          "40",
          "--max-attempts",
          "2",
          "--include",
          "*",
          imagenet,
          "s3://datasets/odd names/",
          "s3://datasets/denied/");
      run("planned", lota, 0, "-n", "--nodes", "2", "--node-cache", "40GiB", imagenet);
      run("limited", lota, 5, "-c", "20", "--max-duration", "3s", "--grace", "1s", imagenet);
      run("empty", lota, 4, "s3://datasets/nothing/");
      run("no-bucket", lota, 3, "s3://" + "missing-".repeat(7) + "bucket/");
      run("usage", lota, 2, "s3://datasets/", "--min-size", "2", "--max-size", "1");
    }
  }

  private static MemoryOrigin objects() {
    MemoryOrigin origin = new MemoryOrigin();
    for (int i = 0; i < 1600; i++) {
      origin.put("datasets", "imagenet/train/shard-%05d.tar".formatted(i), (40 + i % 80) * MIB);
    }
    for (int i = 0; i < 30; i++) {
      origin.put("datasets", "denied/part-%05d.parquet".formatted(i), 3 * MIB);
    }
    return origin
        .put("datasets", "imagenet/_SUCCESS", 0)
        .put("datasets", "odd names/<script>document.title='broken'</script>", 7)
        .put("datasets", "odd names/\"><img src=x onerror=alert(1)>.tar", 7)
        .put("datasets", "odd names/&lt;b&gt; & 'quotes'", 7)
        .put("datasets", "odd names/\u202efdp.exe \u0007\n<!-- -->", 7)
        .put("datasets", "odd names/صورة/ملف.tar", 7)
        .put("datasets", "odd names/" + "long-".repeat(150), 7);
  }

  private Fault fault(Request request, String bucket, String key, int attempt) {
    if (!request.method().equals("HEAD")) {
      return Fault.NONE;
    }
    int hash = Math.floorMod(key.hashCode(), 1000);
    if (key.startsWith("denied/")) {
      return Fault.status(403, "AccessDenied");
    }
    if (key.startsWith("odd names/")) {
      return Fault.status(hash % 2 == 0 ? 400 : 500, "InternalError");
    }
    if (hash < 40 && throttled.add(key)) {
      return Fault.status(503, "SlowDown");
    }
    return new Fault.Delay(Duration.ofMillis(hash > 990 ? 1500 : 40 + hash / 4));
  }

  private void run(String name, LotaEmulator lota, int expected, String... arguments)
      throws IOException, InterruptedException {
    Path page = directory.resolve(name + ".html");
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("lota.prestage.program"));
    command.addAll(List.of("-q", "--report", page.toString(), "--endpoint-url"));
    command.add(lota.endpoint().toString());
    command.addAll(List.of(arguments));
    ProcessBuilder program =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(name + ".txt").toFile());
    program
        .environment()
        .putAll(
            Map.of(
                "AWS_ACCESS_KEY_ID", TestStore.ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY", TestStore.SECRET_KEY,
                "LOTA_PRESTAGE_JAVA_OPTS",
                    "-Djdk.net.hosts.file=" + System.getProperty("jdk.net.hosts.file")));
    Process process = program.start();
    if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != expected) {
      process.destroyForcibly();
      throw new IllegalStateException(
          "%s ended with %s instead of %d; see %s.txt"
              .formatted(
                  name,
                  process.isAlive() ? "no exit code" : process.exitValue(),
                  expected,
                  directory.resolve(name)));
    }
  }
}
