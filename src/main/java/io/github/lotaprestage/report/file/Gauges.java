package io.github.lotaprestage.report.file;

import io.github.lotaprestage.object.Requests;
import io.github.lotaprestage.report.ExitStatus;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The metrics of one run. All are gauges, because each run begins at 0.
record Gauges(
    long prestaged,
    long skipped,
    long failed,
    long planned,
    long bytes,
    long retries,
    double elapsedSeconds,
    Requests requests) {

  /// In the text format of Prometheus, while the run goes on.
  byte[] text() throws IOException {
    return text(running());
  }

  /// The same when it has ended.
  byte[] text(ExitStatus status, Instant end) throws IOException {
    List<MetricSnapshot> metrics = running();
    metrics.addAll(ended(status, end));
    return text(metrics);
  }

  /// The end of a run of which nothing else is known.
  static byte[] endOnly(ExitStatus status, Instant end) throws IOException {
    return text(ended(status, end));
  }

  private static List<MetricSnapshot> ended(ExitStatus status, Instant end) {
    return List.of(
        gauge("exit_code", "Exit code of the run; absent while it runs.", status.code()),
        gauge(
            "end_time_seconds",
            "Time when the run ended, in seconds since 1970; absent while it runs.",
            end.toEpochMilli() / 1e3));
  }

  private List<MetricSnapshot> running() {
    List<MetricSnapshot> metrics = new ArrayList<>();
    metrics.add(
        gauge(
            "objects",
            "Finished objects, by status.",
            point(Labels.of("status", "prestaged"), prestaged),
            point(Labels.of("status", "skipped"), skipped),
            point(Labels.of("status", "failed"), failed),
            point(Labels.of("status", "planned"), planned)));
    metrics.add(gauge("bytes", "Size of all staged objects (dry run: planned objects).", bytes));
    metrics.add(
        gauge(
            "requests",
            "Requests sent, with all attempts.",
            point(Labels.of("kind", "head"), requests.heads()),
            point(Labels.of("kind", "list"), requests.lists()),
            point(Labels.of("kind", "get"), requests.gets())));
    metrics.add(gauge("retries", "Requests beyond the first of each object.", retries));
    metrics.add(gauge("elapsed_seconds", "Duration of the run so far.", elapsedSeconds));
    return metrics;
  }

  private static GaugeSnapshot gauge(String name, String help, double value) {
    return gauge(name, help, point(Labels.EMPTY, value));
  }

  private static GaugeSnapshot gauge(String name, String help, GaugeDataPointSnapshot... points) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name("lota_prestage_" + name).help(help);
    for (GaugeDataPointSnapshot point : points) {
      gauge.dataPoint(point);
    }
    return gauge.build();
  }

  private static GaugeDataPointSnapshot point(Labels labels, double value) {
    return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }

  /// @throws IOException also if the library cannot be used, for example because of its own
  ///   variables in the environment
  private static byte[] text(List<MetricSnapshot> metrics) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(text, new MetricSnapshots(metrics));
    } catch (RuntimeException | LinkageError e) {
      throw new IOException(e.toString(), e);
    }
    return text.toByteArray();
  }
}
