package io.github.lotaprestage.report.file;

import io.github.lotaprestage.engine.Summary;
import io.github.lotaprestage.files.FileReason;
import io.github.lotaprestage.files.WholeFile;
import io.github.lotaprestage.object.Requests;
import io.github.lotaprestage.report.ExitStatus;
import io.github.lotaprestage.report.RunReport;
import io.github.lotaprestage.report.sink.Sink;
import io.github.lotaprestage.report.sink.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The gauges of one run, in a file that Prometheus reads. While the run goes on, a file that
/// cannot be written is only a warning.
final class MetricsFile implements Sink {

  private static final Logger log = LoggerFactory.getLogger(MetricsFile.class);

  private final Path file;
  private volatile Duration interval = Sink.super.interval();
  private volatile Supplier<Requests> requests = () -> Requests.NONE;
  private @Nullable Gauges last;
  private boolean ended;

  MetricsFile(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  /// From now on the run sends requests.
  void begin(Supplier<Requests> sent, Duration every) {
    requests = sent;
    interval = every;
  }

  @Override
  public Duration interval() {
    return interval;
  }

  /// Writes nothing after the end: a run that was cut off may still go on for a moment.
  @Override
  public synchronized void progress(Snapshot now) throws IOException {
    if (ended) {
      return;
    }
    Gauges gauges =
        new Gauges(
            now.prestaged(),
            now.skipped(),
            now.failed(),
            now.planned(),
            now.bytes(),
            now.retries(),
            now.elapsed().toNanos() / 1e9,
            requests.get());
    last = gauges;
    write(gauges.text());
  }

  @Override
  public void failed(IOException failure) {
    log.warn(
        "--metrics-file {} cannot be written now: {}; it is tried again when the run ends",
        file,
        FileReason.of(failure));
  }

  /// Writes the end of the run.
  synchronized void end(RunReport report) throws IOException {
    Summary totals = report.summary();
    last =
        new Gauges(
            totals.prestaged(),
            totals.skipped(),
            totals.failed(),
            totals.planned(),
            totals.bytes(),
            totals.retries(),
            totals.elapsed().toNanos() / 1e9,
            requests.get());
    end(report.status());
  }

  /// Writes the end of a run whose totals are those of the last progress, or unknown.
  synchronized void end(ExitStatus status) throws IOException {
    ended = true;
    Gauges known = last;
    write(
        known == null ? Gauges.endOnly(status, Instant.now()) : known.text(status, Instant.now()));
  }

  private void write(byte[] text) throws IOException {
    WholeFile.write(file, text);
  }
}
