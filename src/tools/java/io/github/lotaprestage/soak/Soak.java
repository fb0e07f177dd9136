package io.github.lotaprestage.soak;

import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.FaultMix;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Minutes of the packaged program under faults, three things at once:
///
/// - rounds of faulty runs that are killed, signalled or left alone, each resumed from its journal
///   until it is done: every key must be filled, and nothing that a journal holds sent again;
/// - one endless run whose memory must stay flat;
/// - one HEAD that takes ten minutes and must succeed.
public final class Soak {

  private static final String BUCKET = "bucket";
  private static final int OBJECTS = 5000;
  private static final int CONCURRENCY = 100;
  private static final long LARGE = 30_000_000_000L;
  private static final Duration SLOW_FILL = Duration.ofMinutes(10);

  private final Path directory;
  private final Instant end;
  private final List<String> problems = new ArrayList<>();

  private Soak(Path directory, Duration duration) {
    this.directory = directory;
    this.end = Instant.now().plus(duration);
  }

  /// Runs for as many minutes as the first argument says; exits 1 if anything was not as promised.
  public static void main(String[] args) throws Exception {
    Soak soak =
        new Soak(Files.createTempDirectory("soak"), Duration.ofMinutes(Long.parseLong(args[0])));
    System.exit(soak.run() ? 0 : 1);
  }

  private boolean run() throws Exception {
    CompletableFuture<Void> slow = CompletableFuture.runAsync(() -> unchecked(this::slowHead));
    CompletableFuture<Void> endless = CompletableFuture.runAsync(() -> unchecked(this::endlessRun));
    Random seeds = new Random();
    int rounds = 0;
    while (Instant.now().isBefore(end)) {
      round(++rounds, seeds.nextLong());
    }
    endless.join();
    slow.join();
    synchronized (problems) {
      problems.forEach(problem -> say("PROBLEM: %s", problem));
      say("%d rounds, %d problems", rounds, problems.size());
      return problems.isEmpty();
    }
  }

  private void round(int number, long seed) throws Exception {
    Random random = new Random(seed);
    MemoryOrigin origin = new MemoryOrigin().bucket(BUCKET);
    for (int i = 0; i < OBJECTS; i++) {
      origin.put(BUCKET, "k%05d".formatted(i), 1 + i % 1000);
    }
    FaultMix mix = new FaultMix(seed, 0.1, 0.05, 0.001, 0.3);
    CountDownLatch interrupt = new CountDownLatch(500 + random.nextInt(OBJECTS));
    String ending = List.of("KILL", "TERM", "none").get(random.nextInt(3));
    StringBuilder story = new StringBuilder("round %d seed %d:".formatted(number, seed));
    Path journal = directory.resolve("journal-" + number);
    try (LotaEmulator lota =
        LotaEmulator.before(origin)
            .keepNothing()
            .faults((request, bucket, key, attempt) -> {
              interrupt.countDown();
              return mix.of(request, bucket, key, attempt);
            })
            .start()) {
      String[] command = {
        "-o",
        "json",
        "-q",
        "-c",
        "" + CONCURRENCY,
        "--attempt-timeout",
        "10s",
        "--max-attempts",
        "50",
        "--journal",
        journal.toString(),
        "s3://" + BUCKET + "/"
      };
      Process first = start(lota, directory.resolve("out"), command);
      if (!ending.equals("none")) {
        interrupt.await(60, TimeUnit.SECONDS);
        new ProcessBuilder("kill", "-" + ending, "" + first.pid()).inheritIO().start().waitFor();
      }
      int firstCode = first.waitFor();
      long filled = lota.seen().fills();
      story.append(" %s -> exit %d, %d filled;".formatted(ending, firstCode, filled));
      int code = firstCode;
      for (int again = 0; again < 5 && code != 0; again++) {
        code = start(lota, directory.resolve("out"), command).waitFor();
        story.append(" again -> exit %d;".formatted(code));
      }
      long twice = lota.seen().fills() - OBJECTS;
      story.append(" %d HEADs, %d filled twice".formatted(lota.seen().rangedHeads(), twice));
      check(code == 0, story + ": not done");
      check(lota.seen().successes().size() == OBJECTS, story + ": a key is missing");
      check(twice <= (firstCode == 0 ? 0 : CONCURRENCY), story + ": staged again");
      if (firstCode == 0) {
        JsonNode summary = json(directory.resolve("out")).getLast();
        check(summary.get("prestaged").asInt() == OBJECTS, story + ": wrong numbers");
      }
    }
    Files.delete(journal);
    say("%s", story);
  }

  private void endlessRun() throws Exception {
    MemoryOrigin origin = new MemoryOrigin().generate(BUCKET, 1_000_000_000, "k%010d"::formatted);
    try (LotaEmulator lota =
        LotaEmulator.before(origin)
            .countOnly()
            .faults((request, _, _, _) ->
                request.method().equals("HEAD")
                    ? new Fault.Delay(Duration.ofMillis(100))
                    : Fault.NONE)
            .start()) {
      Process program = start(lota, Path.of("/dev/null"), "-o", "json", "s3://" + BUCKET + "/");
      Thread.sleep(Duration.ofSeconds(60));
      long early = residentKilobytes(program.pid());
      Thread.sleep(Duration.between(Instant.now(), end).plusMillis(1));
      long late = residentKilobytes(program.pid());
      program.destroy();
      int code = program.waitFor();
      say(
          "endless run: %d objects, %d MiB after a minute, %d MiB at the end, exit %d",
          lota.seen().fills(), early >> 10, late >> 10, code);
      check(code == 143, "the endless run exited with " + code);
      check(late < early * 1.25 + 16_384, "memory grew from " + early + " to " + late + " KiB");
    }
  }

  private void slowHead() throws Exception {
    MemoryOrigin origin = new MemoryOrigin().put(BUCKET, "large", LARGE);
    try (LotaEmulator lota =
        LotaEmulator.before(origin)
            .keepNothing()
            .faults((request, _, _, _) ->
                request.method().equals("HEAD") ? new Fault.Delay(SLOW_FILL) : Fault.NONE)
            .start()) {
      Path out = directory.resolve("slow");
      int code = start(lota, out, "-o", "json", "s3://" + BUCKET + "/").waitFor();
      JsonNode object = json(out).getFirst();
      say("one HEAD of ten minutes: exit %d, %s", code, object);
      check(
          code == 0 && object.get("attempts").asInt() == 1,
          "the HEAD of ten minutes did not work at once");
    }
  }

  private static List<JsonNode> json(Path output) throws IOException {
    return Files.readAllLines(output).stream().map(JsonMapper.shared()::readTree).toList();
  }

  private static Process start(LotaEmulator lota, Path out, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("lota.prestage.program"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_ENDPOINT_URL",
                lota.endpoint().toString(),
                "AWS_ACCESS_KEY_ID",
                TestStore.ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY",
                TestStore.SECRET_KEY,
                "LOTA_PRESTAGE_JAVA_OPTS",
                "-Djdk.net.hosts.file=" + System.getProperty("jdk.net.hosts.file")));
    return builder.start();
  }

  /// Source: proc_pid_status(5).
  private static long residentKilobytes(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  private interface Work {
    void run() throws Exception;
  }

  private void unchecked(Work work) {
    try {
      work.run();
    } catch (Exception e) {
      check(false, e.toString());
    }
  }

  private void check(boolean good, String problem) {
    if (!good) {
      synchronized (problems) {
        problems.add(problem);
      }
    }
  }

  private static void say(String format, Object... arguments) {
    System.out.printf(format + "%n", arguments);
  }
}
