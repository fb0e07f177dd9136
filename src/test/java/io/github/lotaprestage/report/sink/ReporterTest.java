package io.github.lotaprestage.report.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.engine.Summary;
import io.github.lotaprestage.engine.Tally;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.OutputOptions;
import io.github.lotaprestage.plan.OutputOptions.Detail;
import io.github.lotaprestage.plan.OutputOptions.Format;
import io.github.lotaprestage.plan.OutputOptions.Progress;
import io.github.lotaprestage.report.Console;
import io.github.lotaprestage.report.ExitStatus;
import io.github.lotaprestage.report.ResultWriter.TextStyle;
import io.github.lotaprestage.report.RunReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class ReporterTest {

  private static final ObjectRef OBJECT =
      new ObjectRef(
          "b",
          "datasets/a.tar",
          5_368_709_120L,
          "9b2c",
          Instant.parse("2026-03-01T12:00:00Z"),
          "STANDARD");
  private static final Outcome PRESTAGED =
      new Outcome.Prestaged(
          OBJECT, "application/x-tar", new Outcome.Attempts(1, 0), Duration.ofMillis(1234));
  private static final Outcome EMPTY =
      new Outcome.Skipped(
          new ObjectRef("b", "dir/", 0L, null, null, null),
          Outcome.Reason.EMPTY,
          Outcome.Attempts.NONE);
  private static final Outcome FAILED =
      new Outcome.Failed(
          new ObjectRef("b", "k\nfake", 7L, null, null, null),
          new Failure(Failure.Kind.THROTTLED, "SlowDown", 503, "slower, please", "tx1", null),
          new Outcome.Attempts(10, 10),
          Duration.ofSeconds(9));
  private static final Outcome PLANNED = new Outcome.Planned(OBJECT);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final AtomicInteger abandoned = new AtomicInteger();
  private @Nullable StandardOutput output;

  private static Snapshot snapshot(Tally totals, Duration elapsed) {
    return new Snapshot(
        3,
        3,
        false,
        totals.finished(),
        totals.prestaged(),
        totals.skipped(),
        totals.failed(),
        totals.planned(),
        totals.retries(),
        totals.throttled(),
        totals.bytes(),
        2,
        Duration.ZERO,
        elapsed);
  }

  private static OutputOptions options(Format format, boolean quiet) {
    return OutputOptions.builder()
        .format(format)
        .detail(detail(quiet))
        .progress(Progress.NEVER)
        .build();
  }

  private static Detail detail(boolean quiet) {
    return quiet ? Detail.FAILURES_AND_SUMMARY : Detail.ALL;
  }

  private Reporter reporter(OutputStream to, OutputOptions options, boolean terminal) {
    return reporter(to, options, terminal, new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private Reporter reporter(
      OutputStream to, OutputOptions options, boolean terminal, PrintStream standardError) {
    Console console = new Console(standardError, terminal, terminal);
    output =
        new StandardOutput(
            to, new TextStyle(false, null), console, options, abandoned::incrementAndGet);
    return reporter(output, new StandardError(console, options, false));
  }

  private Reporter reporter(Sink... sinks) {
    Reporter reporter =
        new Reporter(List.of(), List.of(sinks), ReporterTest::snapshot, abandoned::incrementAndGet);
    reporter.start();
    return reporter;
  }

  private Summary report(OutputOptions options, Outcome... outcomes) throws InterruptedException {
    Reporter reporter = reporter(out, options, false);
    for (Outcome outcome : outcomes) {
      reporter.finished(outcome);
    }
    Summary totals = reporter.finish();
    reporter.summary(new RunReport(totals, ExitStatus.FAILED, true, "http://cwlota.com", null));
    return totals;
  }

  private List<JsonNode> json() {
    return out.toString(StandardCharsets.UTF_8).lines().map(JsonMapper.shared()::readTree).toList();
  }

  @Test
  void jsonLinesHaveTheDocumentedShape() throws Exception {
    report(options(Format.JSON, false), PRESTAGED, FAILED, EMPTY, PLANNED);
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines.get(0))
        .isEqualTo(
            "{\"type\":\"object\",\"status\":\"prestaged\",\"bucket\":\"b\","
                + "\"key\":\"datasets/a.tar\",\"size\":5368709120,\"etag\":\"9b2c\","
                + "\"last_modified\":\"2026-03-01T12:00:00Z\","
                + "\"content_type\":\"application/x-tar\",\"storage_class\":\"STANDARD\","
                + "\"attempts\":1,\"duration_ms\":1234}");
    assertThat(lines.get(1))
        .isEqualTo(
            "{\"type\":\"object\",\"status\":\"failed\",\"bucket\":\"b\",\"key\":\"k\\nfake\","
                + "\"size\":7,\"attempts\":10,\"duration_ms\":9000,\"error\":"
                + "{\"code\":\"SlowDown\",\"http_status\":503,\"message\":\"slower, please\","
                + "\"retryable\":true,\"request_id\":\"tx1\"}}");
    assertThat(lines.get(2))
        .isEqualTo(
            "{\"type\":\"object\",\"status\":\"skipped\",\"bucket\":\"b\",\"key\":\"dir/\","
                + "\"size\":0,\"reason\":\"empty\"}");
    assertThat(lines.get(3)).contains("\"status\":\"planned\"", "\"size\":5368709120");
  }

  @Test
  void jsonSummaryAddsUp() throws Exception {
    report(options(Format.JSON, false), PRESTAGED, FAILED, EMPTY);
    JsonNode summary = json().getLast();
    assertThat(summary.get("type").asString()).isEqualTo("summary");
    assertThat(summary.get("status").asString()).isEqualTo("failed");
    assertThat(summary.get("listed").asInt()).isEqualTo(3);
    assertThat(summary.get("selected").asInt()).isEqualTo(3);
    assertThat(summary.get("prestaged").asInt()).isEqualTo(1);
    assertThat(summary.get("skipped").asInt()).isEqualTo(1);
    assertThat(summary.get("failed").asInt()).isEqualTo(1);
    assertThat(summary.get("planned").asInt()).isZero();
    assertThat(summary.get("bytes").asLong()).isEqualTo(5_368_709_120L);
    assertThat(summary.get("retries").asInt()).isEqualTo(9);
    assertThat(summary.get("throttled").asInt()).isEqualTo(10);
    assertThat(summary.get("latency_ms").get("p50").asInt()).isEqualTo(1234);
    assertThat(summary.get("latency_ms").get("max").asInt()).isEqualTo(1234);
    assertThat(summary.get("endpoint").asString()).isEqualTo("http://cwlota.com");
    assertThat(summary.get("exit_code").asInt()).isEqualTo(1);
    assertThat(summary.has("elapsed_seconds")).isTrue();
    assertThat(summary.has("objects_per_second")).isTrue();
    assertThat(summary.has("bytes_per_second")).isTrue();
  }

  @Test
  void textIsOneAlignedLineAnObject() throws Exception {
    report(options(Format.TEXT, false), PRESTAGED, EMPTY, FAILED, PLANNED);
    assertThat(out.toString(StandardCharsets.UTF_8).lines().limit(4))
        .containsExactly(
            "prestaged   5.0 GiB     1.234 s  s3://b/datasets/a.tar  9b2c  application/x-tar"
                + "  2026-03-01T12:00:00Z",
            "skipped         0 B           -  s3://b/dir/  empty",
            "failed          7 B     9.000 s  s3://b/k\\nfake  SlowDown (503): slower, please,"
                + " after 10 attempts (request tx1)",
            "planned     5.0 GiB           -  s3://b/datasets/a.tar  9b2c  2026-03-01T12:00:00Z");
  }

  @Test
  void textSummaryTellsCountsRateSlowestAndWhatToDo() throws Exception {
    report(options(Format.TEXT, true), PRESTAGED, PRESTAGED, FAILED, EMPTY);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("2 prestaged, 1 skipped, 1 failed of 4 selected; 9 retries")
        .contains("9 retries, 10 throttled")
        .contains("10.0 GiB in ")
        .contains("objects/s")
        .contains("p50 1.234 s")
        .contains("slowest   1.234 s  s3://b/datasets/a.tar")
        .contains("failed:\n  1 x SlowDown")
        .contains("again");
  }

  @Test
  void quietLeavesFailuresAndTheSummary() throws Exception {
    Summary totals = report(options(Format.JSON, true), PRESTAGED, FAILED, EMPTY);
    assertThat(json()).hasSize(2);
    assertThat(json().getFirst().get("status").asString()).isEqualTo("failed");
    assertThat(totals.selected()).isEqualTo(3);
  }

  @Test
  void aClosedOutputIsToldOnceAndTheRestIsStillCounted() throws Exception {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    Reporter reporter = reporter(closed, options(Format.JSON, false), false);
    for (int i = 0; i < 5000; i++) {
      reporter.finished(PRESTAGED);
    }
    Summary totals = reporter.finish();
    assertThat(abandoned).hasValue(1);
    assertThat(Objects.requireNonNull(output).failure()).hasMessageContaining("Broken pipe");
    assertThat(totals.prestaged()).isEqualTo(5000);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void aFaultOfTheReporterDoesNotBlockTheWorkers() throws Exception {
    OutputStream faulty =
        new OutputStream() {
          @Override
          public void write(int b) {
            throw new IllegalStateException("a bug");
          }
        };
    Reporter reporter = reporter(faulty, options(Format.JSON, false), false);
    for (int i = 0; i < 5000; i++) {
      reporter.finished(PRESTAGED);
    }
    reporter.finish();
    assertThat(reporter.fault().orElseThrow()).hasMessage("a bug");
    assertThat(abandoned.get()).isPositive();
  }

  @Test
  void aSlowReaderHoldsTheWorkersBack() throws Exception {
    CountDownLatch reads = new CountDownLatch(1);
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    OutputStream slow =
        new OutputStream() {
          @Override
          public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            try {
              reads.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            read.write(bytes, offset, length);
          }
        };
    Reporter reporter = reporter(slow, options(Format.JSON, false), false);
    AtomicInteger accepted = new AtomicInteger();
    int count = 20_000;
    Thread worker =
        Thread.ofPlatform()
            .start(() -> {
              for (int i = 0; i < count; i++) {
                reporter.finished(PRESTAGED);
                accepted.incrementAndGet();
              }
            });
    while (worker.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(accepted.get()).isLessThan(count);
    reads.countDown();
    worker.join();
    reporter.finish();
    assertThat(read.toString(StandardCharsets.UTF_8).lines()).hasSize(count);
  }

  @Test
  void offATerminalProgressIsPlainLines() throws Exception {
    String progress = progressOf();
    assertThat(progress)
        .contains("lota-prestage: listed 3+, done 1, failed 0, 5.0 GiB,")
        .contains("objects/s, in flight 2, elapsed ")
        .doesNotContain("\u001b", "\r");
  }

  private String progressOf() throws InterruptedException {
    CountDownLatch drawn = new CountDownLatch(2);
    PrintStream watched =
        new PrintStream(err, true, StandardCharsets.UTF_8) {
          @Override
          public void flush() {
            super.flush();
            if (err.toString(StandardCharsets.UTF_8).contains("done 1")) {
              drawn.countDown();
            }
          }
        };
    Reporter reporter =
        reporter(
            out,
            OutputOptions.builder().progressInterval(Duration.ofMillis(5)).build(),
            false,
            watched);
    reporter.finished(PRESTAGED);
    drawn.await();
    reporter.finish();
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void quietRunsHaveNoProgressUnlessAskedFor() throws Exception {
    assertThat(progressShown(Progress.AUTO, true)).isFalse();
    assertThat(progressShown(Progress.NEVER, false)).isFalse();
  }

  private boolean progressShown(Progress when, boolean quiet) throws InterruptedException {
    Reporter reporter =
        reporter(
            out,
            OutputOptions.builder()
                .detail(detail(quiet))
                .progress(when)
                .progressInterval(Duration.ofNanos(1))
                .build(),
            false);
    for (int i = 0; i < 100; i++) {
      reporter.finished(PRESTAGED);
    }
    reporter.finish();
    return err.size() > 0;
  }

  @Test
  void aBrokenListingIsOneLineWithAdvice() throws Exception {
    Reporter reporter = reporter(out, options(Format.JSON, false), false);
    reporter.sourceFailed(
        new SourceException(
            "LIST s3://b/p\n/",
            new Failure(
                Failure.Kind.NO_SUCH_BUCKET, "NoSuchBucket", 404, "no such bucket", null, null)));
    Summary totals = reporter.finish();
    assertThat(totals.sourceProblems()).hasSize(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "lota-prestage: LIST s3://b/p\\n/: NoSuchBucket (404): no such bucket;"
                + " check the bucket name and the endpoint\n");
  }

  @Test
  void unknownSizesAreLeftOut() throws Exception {
    @Nullable Long unknown = null;
    report(
        options(Format.JSON, false),
        new Outcome.Failed(
            new ObjectRef("b", "k", unknown, null, null, null),
            Failure.local(Failure.Kind.TRANSIENT, "ConnectionLost", "reset"),
            new Outcome.Attempts(1, 0),
            Duration.ZERO));
    assertThat(json().getFirst().has("size")).isFalse();
    assertThat(json().getFirst().get("error").has("http_status")).isFalse();
  }

  /// A sink that keeps what it is given, until it fails.
  private static final class Kept implements Sink {
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<SourceException> problems = new ArrayList<>();
    private final List<Snapshot> snapshots = new ArrayList<>();
    private final List<RunReport> reports = new ArrayList<>();
    private final List<IOException> failures = new ArrayList<>();
    private final int failsAfter;

    Kept(int failsAfter) {
      this.failsAfter = failsAfter;
    }

    @Override
    public void object(Outcome outcome) throws IOException {
      if (outcomes.size() == failsAfter) {
        throw new IOException("full");
      }
      outcomes.add(outcome);
    }

    @Override
    public void problem(SourceException problem) {
      problems.add(problem);
    }

    @Override
    public Duration interval() {
      return Duration.ofNanos(1);
    }

    @Override
    public void progress(Snapshot now) {
      snapshots.add(now);
    }

    @Override
    public void summary(RunReport report) {
      reports.add(report);
    }

    @Override
    public void failed(IOException failure) {
      failures.add(failure);
    }
  }

  @Test
  void everySinkIsGivenEverything() throws Exception {
    SourceException problem =
        new SourceException("LIST s3://b/", Failure.local(Failure.Kind.DENIED, "Denied", "no"));
    Kept one = new Kept(100);
    Kept other = new Kept(100);
    Reporter reporter = reporter(one, other);
    reporter.finished(PRESTAGED);
    reporter.sourceFailed(problem);
    reporter.finished(FAILED);
    RunReport report = new RunReport(reporter.finish(), ExitStatus.FAILED, true, null, null);
    reporter.summary(report);
    assertThat(List.of(one, other))
        .allSatisfy(sink -> {
          assertThat(sink.outcomes).containsExactly(PRESTAGED, FAILED);
          assertThat(sink.problems).containsExactly(problem);
          assertThat(sink.snapshots.getLast().finished()).isEqualTo(2);
          assertThat(sink.reports).containsExactly(report);
        });
  }

  @Test
  void aSinkThatFailsIsLeftOutAndTheOthersGoOn() throws Exception {
    Kept full = new Kept(1);
    Kept other = new Kept(100);
    Reporter reporter = reporter(full, other);
    reporter.finished(PRESTAGED);
    reporter.finished(FAILED);
    reporter.finished(PRESTAGED);
    Summary totals = reporter.finish();
    reporter.summary(new RunReport(totals, ExitStatus.FAILED, true, null, null));
    assertThat(full.failures).singleElement().satisfies(e -> assertThat(e).hasMessage("full"));
    assertThat(full.outcomes).containsExactly(PRESTAGED);
    assertThat(full.reports).isEmpty();
    assertThat(other.outcomes).hasSize(3);
    assertThat(other.reports).hasSize(1);
    assertThat(totals.selected()).isEqualTo(3);
    assertThat(abandoned).hasValue(0);
  }
}
