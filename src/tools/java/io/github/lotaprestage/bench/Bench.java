package io.github.lotaprestage.bench;

import static io.github.lotaprestage.bench.Figures.rounded;

import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.TestStore;
import io.github.lotaprestage.report.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// Measures the packaged program beside what people use today, on the same work and store, in
/// turns. Writes `docs/reference/benchmarks.md` and its charts; every figure there comes from here.
public final class Bench {

  private static final int FEW = 20_000;
  private static final int PAGE = 1000;
  private static final String ONE_KEY = Peers.OURS + ", one key";
  private static final String MISSING = Peers.OURS + ", a missing key";
  private static final int MANY = 200_000;
  private static final int MILLION = 1_000_000;

  /// What a million keys take at least.
  private static final int PAGES = 1000;

  private static final int LISTS_AT_ONCE = 16;

  private final Path docs;
  private final Path program = Path.of(System.getProperty("lota.prestage.program"));
  private final Set<String> parts;
  private final StringBuilder page = new StringBuilder();

  /// @param parts to measure; empty for all
  private Bench(Path docs, Set<String> parts) {
    this.docs = docs;
    this.parts = parts;
  }

  /// @param arguments where the page goes, and the parts to measure: with none all are, and only
  ///   then anything is written
  public static void main(String[] arguments) throws Exception {
    Set<String> parts = new TreeSet<>(List.of(arguments).subList(1, arguments.length));
    new Bench(Path.of(arguments[0]), parts).run();
  }

  private boolean wants(String part) {
    return parts.isEmpty() || parts.contains(part);
  }

  private void run() throws Exception {
    Files.createDirectories(docs.resolve("benchmarks"));
    say(
        """
        # Benchmarks

        Written by `scripts/bench` on %s: %d processors, %s. Run it to get your own.

        All programs ran on one machine with the store, a stand-in of one thread that answers at once and checks
        no signature. Times are of whole processes, start included. They are medians; the programs took turns.
        The machine was not quiet, so read the ratios rather than the seconds. `rclone` sends one HEAD
        for each key of a list, 300 at once, and `s3cmd` one for its key; neither of them can do the
        same for a prefix. %s
        """
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.arch"),
                Peers.S5CMD_PATH.isPresent()
                    ? "`s5cmd` sends one HEAD for each line of a file, 300 at once, without a range."
                    : "`s5cmd` was not measured, because Debian has no package of it: `S5CMD=/path/to/s5cmd scripts/bench`\nadds its rows."));
    if (wants("one")) {
      one();
    }
    if (wants("small")) {
      small();
    }
    if (wants("many")) {
      million(many(few()));
    }
    if (wants("listing")) {
      listing();
    }
    if (wants("fills")) {
      fills();
    }
    if (parts.isEmpty()) {
      Files.writeString(docs.resolve("benchmarks.md"), page.toString());
    }
  }

  private static StandIn store(int objects) throws IOException {
    return new StandIn(
        new MemoryOrigin().generate("bucket", objects, Keys.in(objects, 0)),
        _ -> 1,
        FillModel.Speed.INSTANT,
        0);
  }

  private Peers peers(StandIn store) {
    return new Peers(program, store.port());
  }

  /// Runs all commands in turns; the medians.
  ///
  /// @param requests which each of them must have sent at least: one that found nothing to do is
  ///   quick, too
  private static Map<String, Measured> inTurns(
      StandIn store, int requests, int runs, Map<String, List<String>> commands) throws Exception {
    Map<String, String> environment =
        Map.of(
            "AWS_ACCESS_KEY_ID",
            TestStore.ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY",
            TestStore.SECRET_KEY,
            "AWS_DEFAULT_REGION",
            "us-east-1",
            "AWS_EC2_METADATA_DISABLED",
            "true",
            "AWS_CA_BUNDLE",
            "");
    Map<String, List<Measured>> all = new LinkedHashMap<>();
    for (int i = 0; i < runs; i++) {
      for (Map.Entry<String, List<String>> command : commands.entrySet()) {
        long before = store.requests();
        int expected = command.getKey().equals(MISSING) ? ExitStatus.FAILED.code() : 0;
        Measured run = Measured.run(environment, command.getValue(), expected);
        if (store.requests() - before < requests) {
          throw new IllegalStateException(command.getValue() + " did not do the work");
        }
        all.computeIfAbsent(command.getKey(), _ -> new ArrayList<>()).add(run);
      }
    }
    Map<String, Measured> medians = new LinkedHashMap<>();
    all.forEach((name, each) -> medians.put(name, Measured.median(each)));
    return medians;
  }

  private void one() throws Exception {
    try (StandIn store = store(1)) {
      String key = "data/a.tar";
      Map<String, List<String>> commands = new LinkedHashMap<>();
      commands.put(Peers.OURS, peers(store).ours("s3://bucket/" + key));
      commands.put(Peers.AWS, peers(store).awsHead(key));
      commands.put(Peers.S3CMD, peers(store).s3cmdInfo(key));
      commands.put(Peers.RCLONE, peers(store).rcloneHead(key));
      peers(store).s5cmdHead(key).ifPresent(command -> commands.put(Peers.S5CMD, command));
      Map<String, Measured> medians = inTurns(store, 1, 15, commands);
      table("One object", 1, medians, Peers.AWS);
      chart("one", "One object: seconds for the whole process", "s", seconds(medians));
    }
  }

  /// The peak of memory of each is the resident memory of the process.
  private void small() throws Exception {
    try (StandIn store =
        new StandIn(
            new MemoryOrigin().generate("bucket", PAGE, Keys.in(PAGE, 0)),
            path -> path.endsWith("/missing") ? -1 : 1,
            FillModel.Speed.INSTANT,
            0)) {
      Map<String, List<String>> commands = new LinkedHashMap<>();
      commands.put(ONE_KEY, peers(store).ours("s3://bucket/data/a.tar"));
      commands.put(MISSING, peers(store).ours("s3://bucket/data/missing"));
      commands.put(
          Peers.OURS + " --dry-run, 1,000 objects",
          peers(store).ours("--dry-run", "s3://bucket/data/"));
      table("Small runs", 1, inTurns(store, 1, 15, commands), ONE_KEY);
    }
  }

  private Map<String, Measured> few() throws Exception {
    List<String> names = IntStream.range(0, FEW).mapToObj(Keys.in(FEW, 0)).toList();
    Path keys = Files.createTempFile("bench", ".keys");
    Path heads = Files.createTempFile("bench", ".s5cmd");
    Files.write(keys, names);
    Files.write(heads, names.stream().map(Peers::s5cmdLine).toList());
    try (StandIn store = store(FEW)) {
      Map<String, List<String>> commands = new LinkedHashMap<>();
      commands.put(Peers.OURS, peers(store).ours("s3://bucket/data/"));
      commands.put(Peers.BOTO, peers(store).boto("data/"));
      commands.put(Peers.RCLONE, peers(store).rcloneHeads(keys));
      peers(store).s5cmdHeads(heads).ifPresent(command -> commands.put(Peers.S5CMD, command));
      int runs = 5;
      Map<String, Measured> medians = inTurns(store, FEW, runs, commands);
      table("20,000 objects", FEW, medians, Peers.BOTO);
      chart("few", "20,000 objects: objects a second", "/s", rates(medians, FEW));
      storeCost(store, (long) runs * commands.size() * FEW);
      return medians;
    } finally {
      Files.delete(keys);
      Files.delete(heads);
    }
  }

  private Measured many(Map<String, Measured> few) throws Exception {
    try (StandIn store = store(MANY)) {
      int runs = 5;
      Map<String, Measured> all =
          inTurns(store, MANY, runs, Map.of(Peers.OURS, peers(store).ours("s3://bucket/data/")));
      Measured ours = all.get(Peers.OURS);
      int times = MANY / FEW;
      String boto = times(Peers.BOTO, times);
      all.put(boto, few.get(Peers.BOTO).times(times));
      all.put(times(Peers.RCLONE, times), few.get(Peers.RCLONE).times(times));
      table("200,000 objects", MANY, all, boto);
      chart("many", "200,000 objects: objects a second", "/s", rates(all, MANY));
      storeCost(store, runs * (long) MANY);
      return ours;
    }
  }

  private static String times(String name, int times) {
    return "%s (%d x 20,000)".formatted(name, times);
  }

  private void million(Measured many) throws Exception {
    try (StandIn store = store(MILLION)) {
      Map<String, List<String>> commands = new LinkedHashMap<>();
      commands.put(Peers.OURS + " --dry-run", peers(store).ours("--dry-run", "s3://bucket/data/"));
      commands.put(Peers.OURS, peers(store).ours("s3://bucket/data/"));
      Map<String, Measured> once = inTurns(store, PAGES, 1, commands);
      table("1,000,000 objects", MILLION, once, Peers.OURS);
      say(
          "Peak memory of staging is %s times that of 200,000 objects.\n"
              .formatted(rounded(once.get(Peers.OURS).peakMebibytes() / many.peakMebibytes())));
    }
  }

  private void listing() throws Exception {
    thousandPages();
    slowPages();
  }

  /// 1,000 pages, each of which takes 100 ms.
  private void thousandPages() throws Exception {
    Map<String, Measured> all = new LinkedHashMap<>();
    String sequential = Peers.OURS + " --list-concurrency 1";
    for (int directories : new int[] {100, 0}) {
      try (StandIn store =
          new StandIn(
              new MemoryOrigin().generate("bucket", MILLION, Keys.in(MILLION, directories)),
              _ -> 1,
              FillModel.Speed.INSTANT,
              100_000_000)) {
        String where = directories == 0 ? ", one directory" : ", 100 directories";
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put(Peers.OURS + where, peers(store).ours("--dry-run", "s3://bucket/data/"));
        if (directories > 0) {
          commands.put(Peers.RCLONE + where, peers(store).rcloneList("data/", LISTS_AT_ONCE));
          commands.put(
              sequential,
              peers(store).ours("--dry-run", "--list-concurrency", "1", "s3://bucket/data/"));
        }
        all.putAll(inTurns(store, PAGES, 1, commands));
      }
    }
    table("Listing 1,000 pages of 100 ms", MILLION, all, sequential);
    chart("listing", "Listing 1,000 pages of 100 ms: seconds", "s", seconds(all));
  }

  /// 200 pages, each of which takes 400 ms, so that the ramp shows.
  private void slowPages() throws Exception {
    int pages = 200;
    double pageSeconds = 0.4;
    double bound = pages * pageSeconds / LISTS_AT_ONCE;
    say(
        """
        ## Listing 200 pages of 400 ms

        The bound is %s s: all pages, %d at a time. The first page comes alone, because nothing is known before it.

        | keys | seconds | seconds / bound | LISTs |
        |---|---|---|---|\
        """
            .formatted(rounded(bound), LISTS_AT_ONCE));
    for (int directories : new int[] {0, 100}) {
      try (StandIn store =
          new StandIn(
              new MemoryOrigin().generate("bucket", MANY, Keys.in(MANY, directories)),
              _ -> 1,
              FillModel.Speed.INSTANT,
              (long) (pageSeconds * 1e9))) {
        int runs = 3;
        Measured ours =
            inTurns(
                    store,
                    pages,
                    runs,
                    Map.of(Peers.OURS, peers(store).ours("--dry-run", "s3://bucket/data/")))
                .get(Peers.OURS);
        say(
            "| %s | %s | %s | %s |"
                .formatted(
                    directories == 0 ? "one directory" : "100 directories",
                    rounded(ours.seconds()),
                    rounded(ours.seconds() / bound),
                    rounded(store.requests() / (double) runs)));
      }
    }
    say("");
  }

  private void fills() throws Exception {
    say(
        """
        ## Fills that take time

        A model of LOTA: 10 to 30 ms to the first byte, at random, 2 GB/s a stream, 20 GB/s together, shared
        equally. No schedule can be faster than the lower bound: all bytes at full bandwidth, all objects with
        300 at a time, or the largest object alone. All settings but the order are defaults. The time is the one of
        the summary, without the start of the process, and a median of three.

        | work | lower bound s | `--order largest-first` s | ratio | `--order listed` s | ratio |
        |---|---|---|---|---|---|\
        """);
    Fills fills = new Fills(program);
    for (Fills.Work work : Fills.WORKS) {
      double bound = work.lowerBoundSeconds();
      double largestFirst = fills.medianSeconds(work, "largest-first");
      double listed = fills.medianSeconds(work, "listed");
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
    if (parts.isEmpty()) {
      Files.writeString(docs.resolve("benchmarks/" + name + ".svg"), Chart.of(title, unit, bars));
    }
    say("![%s](benchmarks/%s.svg)\n".formatted(title, name));
  }

  private void say(String text) {
    System.out.println(text);
    page.append(text).append('\n');
  }
}
