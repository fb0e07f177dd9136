package io.github.lotaprestage.report.file;

import io.github.lotaprestage.files.Destination;
import io.github.lotaprestage.files.FileReason;
import io.github.lotaprestage.files.WholeFile;
import io.github.lotaprestage.report.RunReport;
import io.github.lotaprestage.report.sink.Sink;
import io.github.lotaprestage.report.sink.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Shows Argo Workflows how far the run is: `N/M`, the finished objects of those selected so far.
/// Argo accepts no 0 for M. It is a courtesy, and never makes a run fail.
///
/// Source: "Self reporting progress" in the documentation of Argo Workflows.
public final class ProgressFile implements Sink {

  /// Set by Argo Workflows in the containers of a workflow.
  public static final String VARIABLE = "ARGO_PROGRESS_FILE";

  private static final Logger log = LoggerFactory.getLogger(ProgressFile.class);

  /// Argo reads the file this often.
  private static final Duration INTERVAL = Duration.ofSeconds(3);

  private final String file;

  public ProgressFile(String file) {
    this.file = file;
  }

  @Override
  public Duration interval() {
    return INTERVAL;
  }

  @Override
  public void progress(Snapshot now) throws IOException {
    write(now.finished(), now.selected());
  }

  @Override
  public void summary(RunReport report) throws IOException {
    write(report.summary().selected(), report.summary().selected());
  }

  private void write(long finished, long selected) throws IOException {
    if (selected == 0) {
      return;
    }
    Path path = path();
    if (Destination.of(path).isStream()) {
      throw new IOException("it is not a regular file"); // a pipe would block the run
    }
    WholeFile.write(path, (finished + "/" + selected).getBytes(StandardCharsets.UTF_8));
  }

  private Path path() throws IOException {
    try {
      return Path.of(file);
    } catch (InvalidPathException e) {
      throw new IOException("it is not a valid file name", e);
    }
  }

  @Override
  public void failed(IOException failure) {
    log.warn(
        "{} {} is not written, so Argo shows no progress: {}",
        VARIABLE,
        file,
        FileReason.of(failure));
  }
}
