package io.github.lotaprestage.bench;

import static io.github.lotaprestage.bench.Figures.rounded;

import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;

/// Measures the packaged program beside what people use today, on the same work and store, in
/// turns. Writes `docs/benchmarks.md` and its charts; every figure there comes from here.
public final class Bench {

  private static final int RUNS = 5;
  private static final int FEW = 20_000;
  private static final int MANY = 200_000;
  private static final int MILLION = 1_000_000;
  private static final int WORKERS = 300;
  private static final long MEBI = 1L << 20;
  private static final String OURS = "lota-prestage";
  private static final String BOTO = "boto3 thread pool";
  private static final String AWS = "aws s3api head-object";

  private final Path docs;
  private final String program = System.getProperty("lota.prestage.program");
  private final StringBuilder page = new StringBuilder();

  private Bench(Path docs) {
    this.docs = docs;
  }

  /// @param arguments where the page goes
  public static void main(String[] arguments) throws Exception {
    new Bench(Path.of(arguments[0])).run();
  }

  private void run() throws Exception {
    Files.createDirectories(docs.resolve("benchmarks"));
    say(
        """
        # Benchmarks

        Written by `scripts/bench` on %s: %d processors, %s. Run it to get your own.

        All run on one machine with the store, a stand-in of one thread that answers at once and checks
        no signature. Times are of whole processes, start included; medians, with all programs in turns.
        The machine was not quiet, so read the ratios rather than the seconds.
        """
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.arch")));
    one();
    Measured few = few();
    Measured many = many(few);
    million(many);
    fills();
    Files.writeString(docs.resolve("benchmarks.md"), page.toString());
  }

  private static StandIn store(int objects) throws IOException {
    return new StandIn(
        new MemoryOrigin().generate("bucket", objects, Keys.in(objects, 0)),
        _ -> 1,
        FillModel.Speed.INSTANT,
        0);
  }

  private static Map<String, String> environment(StandIn store) {
    return Map.of(
        "AWS_ENDPOINT_URL",
        "http://127.0.0.1:" + store.port(),
        "AWS_ACCESS_KEY_ID",
        TestStore.ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY",
        TestStore.SECRET_KEY,
        "AWS_DEFAULT_REGION",
        "us-east-1",
        "AWS_EC2_METADATA_DISABLED",
        "true");
  }

  private List<String> ours(String... arguments) {
    List<String> command =
        new ArrayList<>(List.of(program, "-o", "json", "-q", "--progress", "never"));
    command.addAll(List.of(arguments));
    return command;
  }

  private static List<String> boto(StandIn store) {
    return List.of(
        "/usr/bin/python3",
        "src/test/resources/bench/boto3_pool.py",
        "http://127.0.0.1:" + store.port(),
        "bucket",
        "data/",
        "" + WORKERS);
  }

  /// Runs all commands in turns.
  private static Map<String, Measured> inTurns(
      StandIn store, int runs, Map<String, List<String>> commands) throws Exception {
    Map<String, List<Measured>> all = new LinkedHashMap<>();
    for (int i = 0; i < runs; i++) {
      for (Map.Entry<String, List<String>> command : commands.entrySet()) {
        all.computeIfAbsent(command.getKey(), _ -> new ArrayList<>())
            .add(Measured.run(environment(store), command.getValue()));
      }
    }
    Map<String, Measured> medians = new LinkedHashMap<>();
    all.forEach((name, each) -> medians.put(name, Measured.median(each)));
    return medians;
  }

  private void one() throws Exception {
    try (StandIn store = store(1)) {
      String endpoint = "http://127.0.0.1:" + store.port();
      Map<String, List<String>> commands = new LinkedHashMap<>();
      commands.put(OURS, ours("s3://bucket/data/a.tar"));
      commands.put(
          AWS,
          List.of(
              "/usr/bin/aws",
              "s3api",
              "head-object",
              "--endpoint-url",
              endpoint,
              "--bucket",
              "bucket",
              "--key",
              "data/a.tar",
              "--range",
              "bytes=0-0"));
      commands.put(
          "s3cmd info",
          List.of(
              "/usr/bin/s3cmd",
              "--no-ssl",
              "--host=127.0.0.1:" + store.port(),
              "--host-bucket=127.0.0.1:" + store.port(),
              "--access_key=a",
              "--secret_key=b",
              "info",
              "s3://bucket/data/a.tar"));
      Map<String, Measured> medians;
      try {
        medians = inTurns(store, RUNS, commands);
      } catch (IllegalStateException e) {
        System.out.println("left out: " + e.getMessage());
        commands.remove("s3cmd info");
        medians = inTurns(store, RUNS, commands);
      }
      table("One object", 1, medians, AWS);
      chart("one", "One object: seconds for the whole process", "s", seconds(medians));
    }
  }

  private Measured few() throws Exception {
    try (StandIn store = store(FEW)) {
      Map<String, List<String>> commands = new LinkedHashMap<>();
      commands.put(OURS, ours("s3://bucket/data/"));
      commands.put(BOTO, boto(store));
      Map<String, Measured> medians = inTurns(store, 3, commands);
      table("20,000 objects", FEW, medians, BOTO);
      chart("few", "20,000 objects: objects a second", "/s", rates(medians, FEW));
      storeCost(store, 3 * 2 * (long) FEW);
      return medians.get(BOTO);
    }
  }

  private Measured many(Measured botoFew) throws Exception {
    try (StandIn store = store(MANY)) {
      Map<String, Measured> medians = inTurns(store, 3, Map.of(OURS, ours("s3://bucket/data/")));
      Map<String, Measured> both = new LinkedHashMap<>(medians);
      double times = (double) MANY / FEW;
      both.put(
          BOTO + " (x10 of 20,000)",
          new Measured(
              botoFew.seconds() * times, botoFew.cpuSeconds() * times, botoFew.peakMebibytes()));
      table("200,000 objects", MANY, both, BOTO + " (x10 of 20,000)");
      chart("many", "200,000 objects: objects a second", "/s", rates(both, MANY));
      storeCost(store, 3L * MANY);
      return medians.get(OURS);
    }
  }

  private void million(Measured many) throws Exception {
    try (StandIn store = store(MILLION)) {
      Map<String, List<String>> commands = new LinkedHashMap<>();
      commands.put(OURS + " --dry-run", ours("--dry-run", "s3://bucket/data/"));
      commands.put(OURS, ours("s3://bucket/data/"));
      Map<String, Measured> once = inTurns(store, 1, commands);
      table("1,000,000 objects", MILLION, once, OURS);
      say(
          "Peak memory of staging is %s times that of 200,000 objects.\n"
              .formatted(rounded(once.get(OURS).peakMebibytes() / many.peakMebibytes())));
    }
  }

  private record Work(
      String name, int count, IntFunction<String> keys, ToLongFunction<String> sizes) {}

  /// Fills that take time: 20 ms to the first byte, 2 GB/s a stream, 20 GB/s together.
  private void fills() throws Exception {
    FillModel.Speed speed = new FillModel.Speed(20_000_000, 2e9, 2e10);
    long large = 20_000_000_000L;
    ToLongFunction<String> byName =
        key -> key.contains("z-large") ? large : key.contains("m-") ? 64 * MEBI : 4 * MEBI;
    List<Work> works =
        List.of(
            new Work("5,000 x 64 MiB", 5000, i -> "data/m-%06d".formatted(i), byName),
            new Work(
                "2,000 x 4 MiB, then 20 GB",
                2001,
                i -> i == 2000 ? "data/z-large" : "data/a-%06d".formatted(i),
                byName),
            new Work(
                "both",
                7001,
                i ->
                    i == 7000
                        ? "data/z-large"
                        : i < 2000 ? "data/a-%06d".formatted(i) : "data/m-%06d".formatted(i),
                byName));
    say(
        """
        ## Fills that take time

        A model of LOTA: 20 ms to the first byte, 2 GB/s a stream, 20 GB/s together, shared equally. No
        schedule can be faster than the lower bound: all bytes at full bandwidth, all objects in 300 places,
        or the largest object alone. While 300 fills share the bandwidth, a huge one gets a 300th of it,
        whenever it was started: that is why the last work stays far from its bound.
        Default settings; the time is what the summary says, without the start of the process.

        | work | lower bound s | `--order largest-first` s | ratio | `--order listed` s | ratio |
        |---|---|---|---|---|---|\
        """);
    for (Work work : works) {
      long total = 0;
      long largest = 0;
      for (int i = 0; i < work.count(); i++) {
        long size = byName.applyAsLong(work.keys().apply(i));
        total += size;
        largest = Math.max(largest, size);
      }
      double bound = speed.lowerBoundSeconds(work.count(), total, largest, WORKERS);
      double largestFirst = staging(work, speed, "largest-first");
      double listed = staging(work, speed, "listed");
      say(
          "| %s | %s | %s | %s | %s | %s |"
              .formatted(
                  work.name(),
                  rounded(bound),
                  rounded(largestFirst),
                  rounded(largestFirst / bound),
                  rounded(listed),
                  rounded(listed / bound)));
    }
    say("");
  }

  private double staging(Work work, FillModel.Speed speed, String order) throws Exception {
    try (StandIn store =
        new StandIn(
            new MemoryOrigin().generate("bucket", work.count(), work.keys(), work.sizes()),
            work.sizes(),
            speed,
            0)) {
      ProcessBuilder builder =
          new ProcessBuilder(ours("--order", order, "s3://bucket/data/"))
              .redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().putAll(environment(store));
      Process process = builder.start();
      String summary =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(summary);
      }
      return tools.jackson.databind.json.JsonMapper.shared()
          .readTree(summary)
          .get("elapsed_seconds")
          .asDouble();
    }
  }

  private static Map<String, Double> seconds(Map<String, Measured> medians) {
    Map<String, Double> seconds = new LinkedHashMap<>();
    medians.forEach((name, each) -> seconds.put(name, each.seconds()));
    return seconds;
  }

  private static Map<String, Double> rates(Map<String, Measured> medians, int objects) {
    Map<String, Double> rates = new LinkedHashMap<>();
    medians.forEach((name, each) -> rates.put(name, objects / each.seconds()));
    return rates;
  }

  private void table(String title, int objects, Map<String, Measured> medians, String peer) {
    Measured other = medians.get(peer);
    say(
        """
        ## %s

        | | seconds | objects/s | CPU ms an object | peak MiB | time of %s / its | CPU of it / its |
        |---|---|---|---|---|---|---|\
        """
            .formatted(title, peer));
    medians.forEach((name, each) ->
        say(
            "| %s | %s | %s | %s | %s | %s | %s |"
                .formatted(
                    name,
                    rounded(each.seconds()),
                    rounded(objects / each.seconds()),
                    rounded(each.cpuSeconds() * 1000 / objects),
                    rounded(each.peakMebibytes()),
                    rounded(other.seconds() / each.seconds()),
                    rounded(other.cpuSeconds() / each.cpuSeconds()))));
    say("");
  }

  private void storeCost(StandIn store, long requests) {
    say(
        "The stand-in itself took %s ms of CPU a request.\n"
            .formatted(rounded(store.cpuSeconds() * 1000 / requests)));
  }

  private void chart(String name, String title, String unit, Map<String, Double> bars)
      throws IOException {
    Files.writeString(docs.resolve("benchmarks/" + name + ".svg"), Chart.of(title, unit, bars));
    say("![%s](benchmarks/%s.svg)\n".formatted(title, name));
  }

  private void say(String text) {
    System.out.println(text);
    page.append(text).append('\n');
  }
}
