package io.github.lotaprestage.report.file;

import io.github.lotaprestage.files.Destination;
import io.github.lotaprestage.files.FileReason;
import io.github.lotaprestage.files.WholeFile;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.Requests;
import io.github.lotaprestage.plan.RunFiles;
import io.github.lotaprestage.report.ExitStatus;
import io.github.lotaprestage.report.RunReport;
import io.github.lotaprestage.report.SummaryJson;
import io.github.lotaprestage.report.html.HtmlReport;
import io.github.lotaprestage.report.html.Setting;
import io.github.lotaprestage.report.sink.Sink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The files that tell how a run ended, if the user asked for them. Safe for use by several
/// threads.
public final class ResultFiles {

  /// How long a process that is about to end waits for a file system.
  private static final Duration LAST_WAIT = Duration.ofMillis(200);

  /// How long a pipe may wait for its reader.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// The same if the run was stopped and has to end soon.
  private static final Duration LITTLE_PATIENCE = Duration.ofMillis(300);

  private static final String METRICS = "--metrics-file";

  private final @Nullable Path summary;
  private final boolean terminationLog;
  private final @Nullable MetricsFile metrics;
  private final @Nullable Path pageFile;
  private final @Nullable HtmlReport page;
  private volatile @Nullable RunReport last;
  private volatile boolean over;

  /// Files that nobody reads, with what was said about them.
  private final Map<Path, IOException> unread = new ConcurrentHashMap<>();

  public ResultFiles(RunFiles files) {
    this.summary = files.summary().orElse(null);
    this.terminationLog = summary != null && TerminationLog.is(summary);
    Path metricsFile = files.metrics().orElse(null);
    this.metrics = metricsFile == null ? null : new MetricsFile(metricsFile);
    this.pageFile = files.report().orElse(null);
    this.page = pageFile == null ? null : new HtmlReport();
  }

  /// Shows the progress of a run that begins now in the file of metrics.
  ///
  /// @param requests counts the requests of the run
  public Optional<Sink> metrics(Supplier<Requests> requests, Duration interval) {
    if (metrics == null) {
      return Optional.empty();
    }
    metrics.begin(requests, interval);
    return Optional.of(metrics);
  }

  /// Gathers what happens in a run for its page.
  public Optional<Sink> page() {
    return Optional.ofNullable(page);
  }

  /// Says on the page how the program was called.
  ///
  /// @param version name and version of the program
  /// @param settings looked up only if there is a page
  public void describe(Supplier<String> version, Supplier<List<Setting>> settings) {
    if (page != null) {
      page.describe(version.get(), settings.get());
    }
  }

  /// Writes the end of the run. If it is written again, the last report counts.
  ///
  /// @param stopped whether the run has to end soon
  /// @return the file that could not be written, if there is one
  public Optional<Failure> write(RunReport report, boolean stopped) {
    if (over || isEmpty()) {
      return Optional.empty();
    }
    last = report;
    Duration patience = stopped ? LITTLE_PATIENCE : PATIENCE;
    Optional<Failure> unwritten =
        summary == null
            ? Optional.empty()
            : writeSummary(summary, SummaryJson.of(report), patience);
    Optional<Failure> unwrittenMetrics =
        metrics == null
            ? Optional.empty()
            : writing(METRICS, metrics.file(), patience, () -> metrics.end(report));
    Optional<Failure> unwrittenPage =
        page == null ? Optional.empty() : writePage(page.page(report), patience);
    return unwritten.or(() -> unwrittenMetrics).or(() -> unwrittenPage);
  }

  private boolean isEmpty() {
    return summary == null && metrics == null && page == null;
  }

  /// Writes how a run ended whose process ends at once; nothing is written after it. It takes no
  /// longer than a moment, even if a file system hangs.
  public void cutOff(ExitStatus status) throws InterruptedException {
    over = true;
    if (isEmpty()) {
      return;
    }
    RunReport known = last;
    RunReport end = known == null ? null : known.endedBy(status, known.error());
    Thread.ofPlatform()
        .daemon()
        .name("cut-off")
        .start(() -> {
          // nobody is left who could be told of a failure
          if (summary != null) {
            byte[] line = end == null ? SummaryJson.cutOff(status) : SummaryJson.of(end);
            var _ = writeSummary(summary, line, LITTLE_PATIENCE);
          }
          if (metrics != null) {
            Writing gauges = end == null ? () -> metrics.end(status) : () -> metrics.end(end);
            var _ = writing(METRICS, metrics.file(), LITTLE_PATIENCE, gauges);
          }
          if (page != null) {
            byte[] content = end == null ? page.cutOff(status) : page.page(end);
            var _ = writePage(content, LITTLE_PATIENCE);
          }
        })
        .join(LAST_WAIT);
  }

  private Optional<Failure> writeSummary(Path file, byte[] line, Duration patience) {
    return writing(
        "--summary-file",
        file,
        patience,
        () -> {
          if (terminationLog) {
            WholeFile.writeInPlace(file, SummaryJson.within(TerminationLog.MAX_BYTES, line));
          } else {
            WholeFile.write(file, line);
          }
        });
  }

  private Optional<Failure> writePage(byte[] content, Duration patience) {
    Path file = Objects.requireNonNull(pageFile);
    return writing("--report", file, patience, () -> WholeFile.write(file, content));
  }

  private interface Writing {
    void run() throws IOException;
  }

  private Optional<Failure> writing(String option, Path file, Duration patience, Writing writing) {
    try {
      if (Destination.isNamedPipe(file)) {
        writeToReader(file, patience, writing);
      } else {
        writing.run();
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          Failure.local(
              Failure.Kind.FILE,
              code(option),
              "%s %s could not be written: %s".formatted(option, file, FileReason.of(e))));
    }
  }

  /// Opening a pipe waits for its reader, and cannot be interrupted.
  private void writeToReader(Path pipe, Duration patience, Writing writing) throws IOException {
    IOException before = unread.get(pipe);
    if (before != null) {
      throw before;
    }
    FutureTask<Boolean> task =
        new FutureTask<>(() -> {
          writing.run();
          return true;
        });
    Thread.ofPlatform().daemon().name("result-file").start(task);
    try {
      boolean _ = task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
    } catch (TimeoutException e) {
      IOException nobody =
          new IOException(
              "it is a pipe that nothing reads; start its reader before the run, or use a file", e);
      unread.put(pipe, nobody);
      throw nobody;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String code(String option) {
    return switch (option) {
      case METRICS -> "MetricsFileUnwritten";
      case "--report" -> "ReportUnwritten";
      default -> "SummaryFileUnwritten";
    };
  }
}
