package io.github.lotaprestage.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Request;
import io.github.lotaprestage.fixture.Result;
import io.github.lotaprestage.fixture.TestStore;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The packaged program, run as a user runs it.
@Timeout(180)
class ProgramIT {

  private static final int MILLION = 1_000_000;
  private static final MemoryOrigin ORIGIN = new MemoryOrigin().bucket("bucket");

  @SuppressWarnings("NullAway.Init")
  private static LotaEmulator lota;

  @BeforeAll
  static void start() {
    for (int i = 0; i < 1500; i++) {
      ORIGIN.put("bucket", "data/%04d".formatted(i), i);
    }
    ORIGIN
        .put("bucket", "denied/key", 1)
        .put("bucket", "half/good", 1)
        .put("bucket", "half/bad", 1);
    ORIGIN.put("bucket", "ünï/😀 key", 1);
    lota =
        LotaEmulator.before(ORIGIN)
            .keepNothing()
            .credentials(TestStore.ACCESS_KEY, TestStore.SECRET_KEY)
            .faults(ProgramIT::fault)
            .start();
  }

  private static Fault fault(Request request, String bucket, String key, int attempt) {
    boolean head = request.method().equals("HEAD");
    return head && (key.startsWith("denied/") || key.equals("half/bad"))
        ? Fault.status(403, "AccessDenied")
        : Fault.NONE;
  }

  @AfterAll
  static void stop() {
    lota.close();
  }

  @ParameterizedTest
  @CsvSource({
    "0, s3://bucket/data/",
    "1, s3://bucket/data/nope",
    "1, s3://bucket/half/",
    "2, s3://Bad_Bucket/data/",
    "3, s3://missing-bucket/data/",
    "3, s3://missing-bucket/data/key",
    "3, s3://bucket/denied/",
    "4, s3://bucket/nothing/",
  })
  void everyExitCodeIsTheSameInTextAndJson(int code, String target) throws Exception {
    Result text = Program.at(lota).run(target);
    Result json = Program.at(lota).json(target);
    text.exits(code);
    json.exits(code);
    assertThat(text.err() + json.err()).doesNotContain("\tat ", "Exception", "WARNING");
    if (code != 0) {
      json.err(err -> err.startsWith("lota-prestage: "));
    } else {
      json.silent();
    }
    if (code != 2) {
      json.summary("exit_code", code);
    }
  }

  @Test
  void everyLineIsJsonAndTheSummaryComesLast() throws Exception {
    Program.at(lota).json("s3://bucket/data/").objects(1500).prestaged(1499).skipped(1);
  }

  @Test
  void argumentsAreUtf8WithoutALocale() throws Exception {
    Program.at(lota)
        .without("LANG")
        .without("LC_ALL")
        .run("'s3://bucket/ünï/😀 key'")
        .exits(0)
        .outContains("s3://bucket/ünï/😀 key");
  }

  @Test
  void aClosedStandardOutputEndsTheRunQuietly() throws Exception {
    Result result =
        Program.at(lota)
            .shell("\"$0\" -o json s3://bucket/data/ | head -1;" + " echo \"${PIPESTATUS[0]}\"")
            .silent();
    assertThat(result.out().lines()).hasSize(2);
    assertThat(result.out().lines().findFirst().orElseThrow()).startsWith("{\"type\":\"object\"");
  }

  @Test
  void anEndlessListingStopsWhenNobodyReads() throws Exception {
    MemoryOrigin many = new MemoryOrigin().generate("bucket", MILLION, "k%09d"::formatted);
    try (LotaEmulator huge = LotaEmulator.before(many).countOnly().start()) {
      Result result =
          Program.at(huge)
              .shell("\"$0\" s3://bucket | head -1; echo \"${PIPESTATUS[0]}\"")
              .silent();
      assertThat(result.out().lines().toList().getLast()).isEqualTo("141");
      assertThat(huge.seen().rangedHeads()).isLessThan(MILLION / 2);
    }
  }

  @Test
  void aMillionListedObjectsFitInto64Megabytes() throws Exception {
    MemoryOrigin many = new MemoryOrigin().generate("bucket", MILLION, "k%09d"::formatted);
    try (LotaEmulator huge = LotaEmulator.before(many).countOnly().start()) {
      Program.at(huge)
          .javaOptions("-Xmx64m")
          .json("--quiet --dry-run s3://bucket")
          .silent()
          .exits(0)
          .planned(MILLION);
      assertThat(huge.seen().rangedHeads()).isZero();
      assertThat(huge.seen().lists()).isBetween(1000L, 1200L);
    }
  }

  @Test
  void aMillionLinesOfAKeyListFitInto64Megabytes() throws Exception {
    MemoryOrigin many = new MemoryOrigin().generate("bucket", 1, _ -> "k");
    try (LotaEmulator huge = LotaEmulator.before(many).countOnly().start()) {
      Program.bare()
          .endpoint(huge.endpoint())
          .env("LOTA_PRESTAGE_NO_SIGN_REQUEST", "true")
          .javaOptions("-Xmx64m")
          .input(in -> {
            try (Writer lines =
                new BufferedWriter(new OutputStreamWriter(in, StandardCharsets.UTF_8))) {
              for (int i = 0; i < MILLION; i++) {
                lines.write("data/shard-" + i + ".tar\n");
              }
            }
          })
          .json("--quiet -b bucket --files-from -")
          .silent()
          .exits(0)
          .prestaged(MILLION);
      assertThat(huge.seen().rangedHeads()).isEqualTo(MILLION);
      assertThat(huge.seen().mostInFlight()).isLessThanOrEqualTo(300);
    }
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSignalStillGetsASummary(String signal, int code, @TempDir Path directory) throws Exception {
    CountDownLatch holding = new CountDownLatch(50);
    try (LotaEmulator slow =
        LotaEmulator.before(ORIGIN)
            .keepNothing()
            .faults((request, _, _, _) -> {
              if (!request.method().equals("HEAD")) {
                return Fault.NONE;
              }
              holding.countDown();
              return new Fault.Hold(new CountDownLatch(1));
            })
            .start()) {
      Path out = directory.resolve("out");
      Process process =
          Program.at(slow).start(out, "-o json -c 50 --grace 500ms s3://bucket/data/");
      holding.await();
      Program.bare().shell("kill -" + signal + " " + process.pid());
      assertThat(process.waitFor()).isEqualTo(code);
      new Result("lota-prestage", code, Files.readString(out), "")
          .summary("status", "interrupted")
          .summary("exit_code", code)
          .summary("skipped", n -> n.isGreaterThanOrEqualTo(50))
          .prestaged(0);
    }
  }

  @Test
  void theSecondSignalEndsTheProcessAtOnce(@TempDir Path directory) throws Exception {
    CountDownLatch holding = new CountDownLatch(50);
    try (LotaEmulator slow =
        LotaEmulator.before(ORIGIN)
            .keepNothing()
            .faults((request, _, _, _) -> {
              holding.countDown();
              return request.method().equals("HEAD")
                  ? new Fault.Hold(new CountDownLatch(1))
                  : Fault.NONE;
            })
            .start()) {
      Process process =
          Program.at(slow)
              .start(directory.resolve("out"), "-o json -c 50 --grace 1h s3://bucket/data/");
      holding.await();
      while (process.isAlive()) { // two signals of one kind may arrive as one
        Program.bare().shell("kill -INT " + process.pid() + " 2>&1");
      }
      assertThat(process.waitFor()).isEqualTo(130);
    }
  }

  @Test
  void killedAtAnyMomentTheSameCommandDoesOnlyTheRest(@TempDir Path directory) throws Exception {
    int concurrency = 50;
    CountDownLatch some = new CountDownLatch(500);
    try (LotaEmulator store =
        LotaEmulator.before(ORIGIN)
            .keepNothing()
            .faults((request, _, _, _) -> {
              if (!request.method().equals("HEAD")) {
                return Fault.NONE;
              }
              some.countDown();
              return new Fault.Delay(Duration.ofMillis(5));
            })
            .start()) {
      Path journal = directory.resolve("journal");
      String line = "-o json -c %d s3://bucket/data/ --journal %s".formatted(concurrency, journal);
      Process process = Program.at(store).start(directory.resolve("out"), line);
      some.await();
      process.destroyForcibly();
      assertThat(process.waitFor()).isEqualTo(137);
      long filledBefore = store.seen().fills();
      long sentBefore = store.seen().rangedHeads();
      assertThat(filledBefore).isLessThan(1499);

      Program.at(store).run(line).exits(0).selected(1500);
      assertThat(store.seen().successes()).hasSize(1499);
      assertThat(store.seen().rangedHeads() - sentBefore)
          .isLessThanOrEqualTo(1499 - filledBefore + concurrency);
    }
  }

  @ParameterizedTest
  @CsvSource({"2>&-, 0", ">/dev/full, 3", "2>/dev/full, 0"})
  void outputThatCannotBeWrittenIsSaidAndNeverHangs(String redirection, int code) throws Exception {
    Result result =
        Program.at(lota).shell("\"$0\" -o json -v s3://bucket/data/ " + redirection).exits(code);
    if (code == 3) {
      result.err(err ->
          err.endsWith(
              "lota-prestage: stopped: standard output cannot be written:"
                  + " No space left on device\n"));
    } else {
      result.prestaged(1499);
    }
  }

  @Test
  void aReaderThatStoppedReadingDoesNotKeepASignalledRunAlive() throws Exception {
    MemoryOrigin many = new MemoryOrigin().generate("bucket", MILLION, "k%09d"::formatted);
    CountDownLatch stuck = new CountDownLatch(1500);
    try (LotaEmulator store =
        LotaEmulator.before(many)
            .countOnly()
            .faults((request, _, _, _) -> {
              stuck.countDown();
              return Fault.NONE;
            })
            .start()) {
      Process process = Program.at(store).startUnread("-o json --grace 200ms s3://bucket/");
      stuck.await();
      Program.bare().shell("kill -TERM " + process.pid());
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(143);
      assertThat(store.seen().rangedHeads()).isLessThan(10_000);
    }
  }

  @Test
  void aDiskThatFillsUpMeanwhileIsNoSuccess(@TempDir Path directory) throws Exception {
    Program.at(lota)
        .shell(
            "ulimit -f 8; \"$0\" -o json --journal \"$1\" s3://bucket/data/ | tail -1",
            directory.resolve("journal").toString())
        .summary("exit_code", 3)
        .prestaged(1499)
        .says("is not complete: File too large");
  }

  @Test
  void worksThroughALinkAndFromAnywhere(@TempDir Path directory) throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("lp"), Path.of(Program.PATH));
    Program.bare()
        .shell("cd / && exec \"$1\" --version", link)
        .exits(0)
        .out(out -> out.startsWith("lota-prestage "));
  }

  @ParameterizedTest
  @CsvSource({"-Xmx24m", "-Xmx64m", "-Xmx1g", "-XX:MaxRAM=64m", "-XX:MaxRAM=256m"})
  void itStartsInHeapsOfAnySize(String javaOptions) throws Exception {
    Program.at(lota).javaOptions(javaOptions).run("s3://bucket/data/0001").silent().exits(0);
  }

  @Test
  void heapOptionsForEveryJavaAreSeen() throws Exception {
    Program.at(lota).env("JDK_JAVA_OPTIONS", "-Xmx24m").run("s3://bucket/data/0001").exits(0);
  }

  private static Path unpacked(Path directory) throws Exception {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      Path tarball =
          files.filter(file -> file.toString().endsWith(".tar.gz")).findFirst().orElseThrow();
      Program.bare().shell("tar xzf \"$1\" -C \"$2\"", tarball, directory).exits(0);
    }
    return directory.resolve("lota-prestage");
  }

  @Test
  void theTarballNeedsNoJavaAndItsCacheWorksElsewhereAndReadOnly(@TempDir Path directory)
      throws Exception {
    Path tree = unpacked(directory);
    Program.bare().shell("chmod -R a-w \"$1\"", tree);
    try (LotaEmulator pathStyle =
        LotaEmulator.before(ORIGIN).keepNothing().allowPathStyle().start()) {
      String line =
          "cd / && exec setpriv --reuid=65534 --regid=65534 --clear-groups"
              + " \"$1\" -o json s3://bucket/data/0001";
      Path launcher = tree.resolve("bin/lota-prestage");
      Program program = Program.at(pathStyle.address()).without("JAVA_HOME");
      Program.bare().shell("chmod a+rx \"$1\"", directory);
      program.env("LOTA_PRESTAGE_JAVA_OPTS", "").shell(line, launcher).silent().exits(0).objects(1);
      program
          .env("LOTA_PRESTAGE_JAVA_OPTS", "-Xlog:class+load=info:stderr")
          .shell(line, launcher)
          .err(err ->
              err.containsPattern("cli\\.PrestageCommand source: shared objects file")
                  .containsPattern("picocli\\.CommandLine source: shared objects file"));
    } finally {
      Program.bare().shell("chmod -R u+w \"$1\"", tree);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rm \"$1\"/lib/*.aot",
    "for f in \"$1\"/lib/*.aot; do echo nonsense > $f; done",
    "touch \"$1\"/lib/*.jar",
    "truncate -s 1000000 \"$1\"/lib/*.aot",
  })
  void aCacheThatDoesNotFitIsPassedOverInSilence(String damage, @TempDir Path directory)
      throws Exception {
    Path tree = unpacked(directory);
    Program.bare().shell(damage, tree);
    try (LotaEmulator pathStyle =
        LotaEmulator.before(ORIGIN).keepNothing().allowPathStyle().start()) {
      for (String target : List.of("s3://bucket/data/0001", "s3://bucket/data/000?")) {
        Program.at(pathStyle.address())
            .env("LOTA_PRESTAGE_JAVA_OPTS", "")
            .shell(
                "exec \"$1\" -o json \"$2\"", tree.resolve("bin/lota-prestage").toString(), target)
            .silent()
            .exits(0)
            .summary("prestaged", n -> n.isPositive());
      }
    }
  }

  /// Where classes come from a cache, and from which of the two.
  @ParameterizedTest
  @CsvSource({
    "s3://bucket/data/0001, false",
    "--version, false",
    "s3://bucket/data/, true",
    "s3://bucket/data/000?, true",
    "s3://bucket, true",
  })
  void theCacheOfWhatIsAskedForIsUsed(String argument, boolean lists) throws Exception {
    Result result =
        Program.at(lota)
            .javaOptions("-Xlog:class+load:stderr")
            .run(argument)
            .err(err ->
                err.containsPattern("lotaprestage.Main source: shared objects file")
                    .doesNotContainPattern(
                        "lotaprestage.Main source: jrt|lotaprestage.Main source: file"));
    assertThat(result.err().contains("services.s3.DefaultS3Client source: shared objects file"))
        .isEqualTo(lists);
  }

  @Test
  void resultsGoToOneStreamAndTalkToTheOther() throws Exception {
    Result result =
        Program.at(lota).run("-q --progress always --progress-interval 1ms s3://bucket/data/");
    assertThat(result.err().lines()).allMatch(line -> line.startsWith("lota-prestage: listed "));
    result.outContains("1499 prestaged, 1 skipped, 0 failed of 1500 selected");
    List<String> lines = result.out().lines().toList();
    assertThat(lines).noneMatch(line -> line.startsWith("prestaged "));
  }
}
