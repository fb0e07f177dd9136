package io.github.lotaprestage.demo;

import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.S3ProxyServer;
import io.github.lotaprestage.fixture.TestStore;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// The main job on one machine: a cold read, the staging of a prefix by the packaged program, a
/// warm read. The store is a real S3 server in this JVM; LOTA in front of it is the tests'
/// emulator.
public final class Demo {

  private static final String BUCKET = "datasets";
  private static final String PREFIX = "imagenet/";
  private static final int SHARDS = 1600;
  private static final String SAMPLE = PREFIX + "shard-00007.tar";

  private final PrintStream out = System.out;

  private Demo() {}

  /// Runs the demo; exits 1 if anything in it is not as promised.
  public static void main(String[] args) throws IOException, InterruptedException {
    System.exit(new Demo().run() ? 0 : 1);
  }

  private boolean run() throws IOException, InterruptedException {
    try (S3ProxyServer store = new S3ProxyServer()) {
      say("Filling an embedded S3 server with %d objects ...", fill(store));
      try (LotaEmulator lota =
              LotaEmulator.before(store.origin())
                  .credentials(TestStore.ACCESS_KEY, TestStore.SECRET_KEY)
                  .originLatency(Duration.ofMillis(40))
                  .start();
          S3Client reader = reader(lota.endpoint())) {
        say(
            "An emulated LOTA listens on %s; the store behind it takes 40 ms more.",
            lota.endpoint());
        say("");
        reader.listObjectsV2(list -> list.bucket(BUCKET).maxKeys(1)); // opens the connection
        boolean cold = read("Cold read", reader, "MISS");
        int code = stage(lota.endpoint());
        boolean warm = read("Warm read", reader, "HIT");
        say("");
        say(
            "%d objects are in the cache; staging ended with exit code %d.",
            lota.cachedObjects(), code);
        return cold && warm && code == 0;
      }
    }
  }

  private static int fill(TestStore store) {
    store.createBucket(BUCKET);
    Random random = new Random(42);
    IntStream.range(0, SHARDS)
        .forEach(i ->
            store.put(
                BUCKET,
                PREFIX + "shard-%05d.tar".formatted(i),
                new byte[1 + random.nextInt(i % 100 == 7 ? 200_000 : 4_000)],
                "application/x-tar"));
    String[] odd = {"label map.json", "50%+more & \"odd\".txt", "größe/😀.txt"};
    for (String name : odd) {
      store.put(BUCKET, PREFIX + name, new byte[100], "text/plain");
    }
    store.put(BUCKET, PREFIX + "_SUCCESS", new byte[0], "text/plain");
    return SHARDS + odd.length + 1;
  }

  private static S3Client reader(URI endpoint) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(TestStore.ACCESS_KEY, TestStore.SECRET_KEY)))
        .build();
  }

  private boolean read(String name, S3Client reader, String expected) {
    long start = System.nanoTime();
    SdkHttpResponse answer =
        reader
            .getObject(get -> get.bucket(BUCKET).key(SAMPLE), ResponseTransformer.toBytes())
            .response()
            .sdkHttpResponse();
    String cache = answer.firstMatchingHeader("x-cache").orElse("absent");
    say(
        "%s of s3://%s/%s: x-cache %s, %d ms",
        name, BUCKET, SAMPLE, cache, (System.nanoTime() - start) / 1_000_000);
    return cache.equals(expected);
  }

  private int stage(URI endpoint) throws IOException, InterruptedException {
    String target = "s3://" + BUCKET + "/" + PREFIX;
    say("");
    say("$ lota-prestage --quiet --endpoint-url %s %s", endpoint, target);
    ProcessBuilder program =
        new ProcessBuilder(
                System.getProperty("lota.prestage.program"),
                "--quiet",
                "--endpoint-url",
                endpoint.toString(),
                target)
            .inheritIO();
    program
        .environment()
        .putAll(
            Map.of(
                "AWS_ACCESS_KEY_ID", TestStore.ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY", TestStore.SECRET_KEY,
                "LOTA_PRESTAGE_JAVA_OPTS",
                    "-Djdk.net.hosts.file=" + System.getProperty("jdk.net.hosts.file")));
    int code = program.start().waitFor();
    say("");
    return code;
  }

  private void say(String format, Object... arguments) {
    out.printf(format + "%n", arguments);
  }
}
