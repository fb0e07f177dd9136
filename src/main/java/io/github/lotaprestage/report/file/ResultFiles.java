package io.github.lotaprestage.report.file;

import io.github.lotaprestage.files.FileReason;
import io.github.lotaprestage.files.WholeFile;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.Requests;
import io.github.lotaprestage.plan.RunFiles;
import io.github.lotaprestage.report.RunReport;
import io.github.lotaprestage.report.SummaryJson;
import io.github.lotaprestage.report.html.HtmlReport;
import io.github.lotaprestage.report.html.Setting;
import io.github.lotaprestage.report.sink.Sink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The files that tell how a run ended, if the user asked for them. Safe for use by several
/// threads.
public final class ResultFiles {

  /// How long a process that is about to end waits for a file system.
  private static final Duration LAST_WAIT = Duration.ofMillis(200);

  private static final String METRICS = "--metrics-file";

  private final @Nullable Path summary;
  private final boolean terminationLog;
  private final @Nullable MetricsFile metrics;
  private final @Nullable Path pageFile;
  private final @Nullable HtmlReport page;
  private volatile @Nullable RunReport last;
  private volatile boolean over;

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
  /// @return the file that could not be written, if there is one
  public Optional<Failure> write(RunReport report) {
    if (over || isEmpty()) {
      return Optional.empty();
    }
    last = report;
    Optional<Failure> unwritten =
        summary == null ? Optional.empty() : writeSummary(summary, SummaryJson.of(report));
    Optional<Failure> unwrittenMetrics =
        metrics == null
            ? Optional.empty()
            : writing(METRICS, metrics.file(), () -> metrics.end(report));
    Optional<Failure> unwrittenPage =
        page == null ? Optional.empty() : writePage(page.page(report));
    return unwritten.or(() -> unwrittenMetrics).or(() -> unwrittenPage);
  }

  private boolean isEmpty() {
    return summary == null && metrics == null && page == null;
  }

  /// Writes how a run ended whose process ends at once; nothing is written after it. It takes no
  /// longer than a moment, even if a file system hangs.
  ///
  /// @param status as in [RunReport]
  public void cutOff(String status, int exitCode) throws InterruptedException {
    over = true;
    if (isEmpty()) {
      return;
    }
    RunReport known = last;
    Thread.ofPlatform()
        .daemon()
        .name("cut-off")
        .start(() -> {
          // nobody is left who could be told of a failure
          if (summary != null) {
            var _ =
                writeSummary(
                    summary,
                    known == null
                        ? SummaryJson.cutOff(status, exitCode)
                        : SummaryJson.of(known.endedBy(status, exitCode, known.error())));
          }
          if (metrics != null) {
            var _ =
                writing(
                    METRICS,
                    metrics.file(),
                    () -> {
                      if (known == null) {
                        metrics.end(exitCode);
                      } else {
                        metrics.end(known.endedBy(status, exitCode, known.error()));
                      }
                    });
          }
          if (page != null) {
            var _ =
                writePage(
                    known == null
                        ? page.cutOff(exitCode)
                        : page.page(known.endedBy(status, exitCode, known.error())));
          }
        })
        .join(LAST_WAIT);
  }

  private Optional<Failure> writeSummary(Path file, byte[] line) {
    return writing(
        "--summary-file",
        file,
        () -> {
          if (terminationLog) {
            WholeFile.writeInPlace(file, SummaryJson.within(TerminationLog.MAX_BYTES, line));
          } else {
            WholeFile.write(file, line);
          }
        });
  }

  private Optional<Failure> writePage(byte[] content) {
    Path file = Objects.requireNonNull(pageFile);
    return writing("--report", file, () -> WholeFile.write(file, content));
  }

  private interface Writing {
    void run() throws IOException;
  }

  private static Optional<Failure> writing(String option, Path file, Writing writing) {
    try {
      writing.run();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          Failure.local(
              Failure.Kind.FILE,
              code(option),
              "%s %s could not be written: %s".formatted(option, file, FileReason.of(e))));
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
