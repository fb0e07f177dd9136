package io.github.lotaprestage.report.file;

import io.github.lotaprestage.files.FileReason;
import io.github.lotaprestage.files.WholeFile;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.plan.RunFiles;
import io.github.lotaprestage.report.RunReport;
import io.github.lotaprestage.report.SummaryJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The files that tell how a run ended, if the user asked for them. Safe for use by several
/// threads.
public final class ResultFiles {

  /// How long a process that is about to end waits for a file system.
  private static final Duration LAST_WAIT = Duration.ofMillis(200);

  private final @Nullable Path summary;
  private final boolean terminationLog;
  private volatile @Nullable RunReport last;
  private volatile boolean over;

  public ResultFiles(RunFiles files) {
    this.summary = files.summary().orElse(null);
    this.terminationLog = summary != null && TerminationLog.is(summary);
  }

  /// Writes the end of the run. If it is written again, the last report counts.
  ///
  /// @return the file that could not be written, if there is one
  public Optional<Failure> write(RunReport report) {
    if (summary == null || over) {
      return Optional.empty();
    }
    last = report;
    return writeSummary(SummaryJson.of(report));
  }

  /// Writes how a run ended whose process ends at once; nothing is written after it. It takes no
  /// longer than a moment, even if a file system hangs.
  ///
  /// @param status as in [RunReport]
  public void cutOff(String status, int exitCode) throws InterruptedException {
    if (summary == null) {
      return;
    }
    over = true;
    RunReport known = last;
    byte[] line =
        known == null
            ? SummaryJson.cutOff(status, exitCode)
            : SummaryJson.of(known.endedBy(status, exitCode, known.error()));
    Thread.ofPlatform()
        .daemon()
        .name("cut-off")
        .start(() -> {
          var _ = writeSummary(line); // nobody is left to be told
        })
        .join(LAST_WAIT);
  }

  private Optional<Failure> writeSummary(byte[] line) {
    Path file = summary;
    if (file == null) {
      return Optional.empty();
    }
    try {
      if (terminationLog) {
        WholeFile.writeInPlace(file, SummaryJson.within(TerminationLog.MAX_BYTES, line));
      } else {
        WholeFile.write(file, line);
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          Failure.local(
              Failure.Kind.FILE,
              "SummaryFileUnwritten",
              "--summary-file " + file + " could not be written: " + FileReason.of(e)));
    }
  }
}
