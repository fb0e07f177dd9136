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
/// for runs that read objects, such as manifests, for which they need the AWS SDK; the other is for
/// all others. The runs are against the emulator, with a retry now and then.
///
/// Names are resolved as in real runs. The system does not know the host of a bucket, so objects
/// are staged with `--path-style`, and runs without it get as far as the name.
public final class Training {

  private static final int OBJECTS = 30_000;
  private static final String KEY = "s3://bucket/data/shard-000000001.tar";
  private static final String MISSING = "s3://runs/missing";
  private static final String INDEX = "s3://tracked/index.json";
  private static final String FEW = "s3://runs/step-2/";
  private static final String HERE = "--path-style ";
  private static final String BY_BUCKET_NAME = "--max-attempts 1 ";

  private static final String CREDENTIALS =
      """
      [training]
      aws_access_key_id = %s
      aws_secret_access_key = %s
      """
          .formatted(TestStore.ACCESS_KEY, TestStore.SECRET_KEY);
  private static final String CONFIG =
      """
      [profile training]
      region = us-east-1
      s3 =
        addressing_style = path
      """;

  private Training() {}

  /// @param arguments the tree, with `runtime` and `lib` in it, and an empty directory for the
  ///   files of the runs
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path tree = Path.of(arguments[0]);
    Path home = Path.of(arguments[1]);
    Path aws = Files.createDirectory(home.resolve(".aws"));
    Files.writeString(aws.resolve("credentials"), CREDENTIALS);
    Files.writeString(aws.resolve("config"), CONFIG);
    String files =
        "--path-style --journal %1$s/journal --failed-to %1$s/failed --summary-file %1$s/summary "
            .formatted(home);
    MemoryOrigin origin =
        new MemoryOrigin().generate("bucket", OBJECTS, "data/shard-%09d.tar"::formatted);
    for (String key :
        List.of("step-1/a.pt", "step-1/.metadata", "step-2/a.pt", "step-2/.metadata")) {
      origin.put("runs", key, 1 << 20);
    }
    origin
        .text("tracked", "latest", "global_step2")
        .put("tracked", "global_step2/mp_rank_00_model_states.pt", 1 << 20)
        .text("tracked", "index.json", "{\"weight_map\": {\"layer\": \"latest\"}}");
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
          "main",
          lota,
          home,
          "--version",
          "--help",
          "-h",
          "--no-such-option",
          "--no-such-option " + FEW,
          BY_BUCKET_NAME + KEY,
          BY_BUCKET_NAME + FEW,
          "--profile training " + KEY,
          "--profile training " + FEW,
          files + KEY,
          files + FEW,
          HERE + "-q -b bucket -k data/shard-000000001.tar",
          HERE + "s3://bucket/data/shard-0000000{0..0}{1,2}.tar",
          HERE + "-o json " + KEY,
          HERE + KEY,
          HERE + MISSING,
          HERE + "--dry-run " + FEW,
          HERE + "--dry-run -o json " + FEW,
          HERE + "--dry-run " + KEY,
          HERE + "--dry-run s3://bucket/data/shard-0000000*",
          HERE + "--sample-reads 1 " + FEW,
          HERE + "-o json " + FEW,
          HERE + FEW,
          HERE + "s3://bucket/data/");
      train(
          tree,
          "reading",
          lota,
          home,
          HERE + "--dry-run --latest 1 s3://runs/",
          HERE + "--dry-run --latest 1 --checkpoint-layout deepspeed s3://tracked/",
          HERE + "--dry-run --manifest " + INDEX,
          HERE + "-o json --manifest " + INDEX,
          HERE + "--manifest " + INDEX,
          HERE + "--latest 1 -o json s3://tracked/",
          HERE + "--latest 1 s3://tracked/");
    }
  }

  private static void train(Path tree, String name, LotaEmulator lota, Path home, String... lines)
      throws IOException, InterruptedException {
    Path cache = tree.resolve("lib/" + name + ".aot");
    List<String> command = new ArrayList<>();
    command.add(tree.resolve("runtime/bin/java").toString());
    command.add("@" + tree.resolve("lib/jvm.options"));
    command.add("-XX:-AOTRecordTraining"); // it is not replayed
    command.add("-XX:AOTCacheOutput=" + cache);
    command.add("-Dlota-prestage.exit=rehearsal"); // large runs need the native exit
    command.add("-cp");
    command.add(tree.resolve("lib/lota-prestage.jar").toString());
    command.add("io.github.lotaprestage.Rehearsal");
    command.addAll(List.of(lines));
    ProcessBuilder run =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    run.environment().clear();
    run.environment().put("LC_ALL", "C.UTF-8");
    run.environment().put("HOME", home.toString());
    run.environment().put("LOTA_PRESTAGE_GRACE", "10s");
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
