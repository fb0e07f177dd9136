package io.github.lotaprestage.report;

import io.github.lotaprestage.engine.InputTotals;
import io.github.lotaprestage.engine.Summary;
import io.github.lotaprestage.engine.sample.Percentiles;
import io.github.lotaprestage.engine.sample.ReadReport;
import io.github.lotaprestage.object.Chosen;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.RunEvent.Round;
import io.github.lotaprestage.report.format.JsonEscapes;
import io.github.lotaprestage.report.plan.PlanJson;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/// Writes one JSON object per line. A field that is absent is unknown.
final class JsonWriter implements ResultWriter {

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .rootValueSeparator((String) null)
          .characterEscapes(new JsonEscapes())
          .build();

  private final JsonGenerator json;

  JsonWriter(OutputStream out) {
    this.json = factory().createGenerator(ObjectWriteContext.empty(), out);
  }

  /// For JSON that may be printed on a terminal, without anything between two values.
  static JsonFactory factory() {
    return FACTORY;
  }

  @Override
  public void object(Outcome outcome) throws IOException {
    writeLine(() -> {
      json.writeStringProperty("type", "object");
      json.writeStringProperty("status", Status.of(outcome));
      ObjectRef object = outcome.object();
      text("bucket", object.bucket());
      text("key", object.key());
      if (object.size() != null) {
        json.writeNumberProperty("size", object.size());
      }
      switch (outcome) {
        case Outcome.Prestaged done -> {
          metadata(object, done.contentType());
          if (done.changed()) {
            json.writeBooleanProperty("changed", true);
          }
          attempts(done.attempts(), done.duration());
        }
        case Outcome.Planned _ -> metadata(object, null);
        case Outcome.Skipped skipped -> {
          metadata(object, null);
          json.writeStringProperty("reason", skipped.reason().word());
          if (skipped.attempts().sent() > 0) {
            json.writeNumberProperty("attempts", skipped.attempts().sent());
          }
        }
        case Outcome.Failed failed -> {
          metadata(object, null);
          attempts(failed.attempts(), failed.duration());
          error(failed.error());
        }
      }
    });
  }

  private void metadata(ObjectRef object, @Nullable String contentType) {
    text("etag", object.etag());
    text("last_modified", object.lastModified());
    text("content_type", contentType);
    text("storage_class", object.storageClass());
  }

  private void attempts(Outcome.Attempts attempts, Duration duration) {
    json.writeNumberProperty("attempts", attempts.sent());
    json.writeNumberProperty("duration_ms", duration.toMillis());
  }

  private void error(Failure error) {
    json.writeObjectPropertyStart("error");
    text("code", error.code());
    if (error.httpStatus() != null) {
      json.writeNumberProperty("http_status", error.httpStatus());
    }
    text("message", error.message());
    json.writeBooleanProperty("retryable", error.kind().retryable());
    text("request_id", error.requestId());
    json.writeEndObject();
  }

  private void text(String name, @Nullable Object value) {
    if (value != null) {
      json.writeStringProperty(name, JsonEscapes.wellFormed(value.toString()));
    }
  }

  @Override
  public void round(Round round) throws IOException {
    writeLine(() -> {
      json.writeStringProperty("type", "round");
      json.writeNumberProperty("round", round.number());
      json.writeNumberProperty("prestaged", round.prestaged());
      json.writeNumberProperty("skipped", round.skipped());
      json.writeNumberProperty("failed", round.failed());
      json.writeNumberProperty("unchanged", round.unchanged());
      json.writeNumberProperty("bytes", round.bytes());
      json.writeNumberProperty("elapsed_seconds", rounded(round.duration().toNanos() / 1e9, 1000));
      if (round.problem() != null) {
        error(round.problem());
      }
    });
  }

  @Override
  public void check(Finding finding) throws IOException {
    writeLine(() -> {
      json.writeStringProperty("type", "check");
      json.writeStringProperty("name", finding.name());
      json.writeStringProperty("status", Status.of(finding));
      json.writeNumberProperty("duration_ms", finding.duration().toMillis());
      text("text", finding.text());
      text("fix", finding.fix());
    });
  }

  @Override
  public void summary(RunReport report) throws IOException {
    RunReport.Details details = report.details();
    writeLine(() -> {
      Summary totals = report.summary();
      json.writeStringProperty("type", "summary");
      json.writeStringProperty("status", report.status().word());
      json.writeNumberProperty("listed", totals.listed());
      json.writeBooleanProperty("listing_complete", report.listingComplete());
      json.writeNumberProperty("selected", totals.selected());
      json.writeNumberProperty("prestaged", totals.prestaged());
      json.writeNumberProperty("skipped", totals.skipped());
      json.writeNumberProperty("failed", totals.failed());
      json.writeNumberProperty("planned", totals.planned());
      json.writeNumberProperty("bytes", totals.bytes());
      json.writeNumberProperty("retries", totals.retries());
      json.writeNumberProperty("throttled", totals.throttled());
      json.writeNumberProperty("elapsed_seconds", rounded(totals.elapsed().toNanos() / 1e9, 1000));
      json.writeNumberProperty("objects_per_second", rounded(totals.objectsPerSecond(), 10));
      json.writeNumberProperty("bytes_per_second", Math.round(totals.bytesPerSecond()));
      latency(totals.latency());
      text("endpoint", report.endpoint());
      if (details.clockOffsetSeconds() != 0) {
        json.writeNumberProperty("clock_offset_seconds", details.clockOffsetSeconds());
      }
      if (details.shard() != null) {
        json.writeObjectPropertyStart("shard");
        json.writeNumberProperty("index", details.shard().index());
        json.writeNumberProperty("count", details.shard().count());
        text("bounds", details.shard().bounds());
        json.writeEndObject();
      }
      merged(details.merged());
      targets(totals.inputs());
      chosen(report);
      if (details.chosen() != null || details.metadataReads() > 0) {
        json.writeNumberProperty("metadata_reads", details.metadataReads());
      }
      reads(details.reads());
      if (details.plan() != null) {
        new PlanJson(json).write(details.plan());
      }
      if (report.error() != null) {
        error(report.error());
      }
      json.writeNumberProperty("exit_code", report.status().code());
    });
  }

  /// The summary of a run whose totals are unknown.
  void cutOff(ExitStatus status) throws IOException {
    writeLine(() -> {
      json.writeStringProperty("type", "summary");
      json.writeStringProperty("status", status.word());
      json.writeBooleanProperty("listing_complete", false);
      json.writeNumberProperty("exit_code", status.code());
    });
  }

  private void merged(RunReport.@Nullable Merged shards) {
    if (shards == null) {
      return;
    }
    json.writeObjectPropertyStart("shards");
    json.writeNumberProperty("count", shards.count());
    numbers("missing", shards.missing());
    numbers("repeated", shards.repeated());
    json.writeEndObject();
  }

  private void numbers(String name, List<Long> values) {
    json.writeArrayPropertyStart(name);
    values.forEach(json::writeNumber);
    json.writeEndArray();
  }

  private void targets(List<InputTotals> inputs) {
    if (inputs.isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("targets");
    for (InputTotals each : inputs) {
      json.writeStartObject();
      text("target", each.name());
      json.writeNumberProperty("selected", each.selected());
      json.writeNumberProperty("prestaged", each.prestaged());
      json.writeNumberProperty("skipped", each.skipped());
      json.writeNumberProperty("failed", each.failed());
      json.writeNumberProperty("planned", each.planned());
      json.writeNumberProperty("bytes", each.bytes());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void chosen(RunReport report) {
    List<Chosen> chosen = report.details().chosen();
    if (chosen == null) {
      return;
    }
    json.writeArrayPropertyStart("chosen");
    for (Chosen each : chosen) {
      json.writeStartObject();
      text("target", each.target());
      text("child", each.child());
      text("why", each.why());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void reads(@Nullable ReadReport reads) {
    if (reads == null) {
      return;
    }
    json.writeObjectPropertyStart("reads");
    json.writeNumberProperty("count", reads.count());
    json.writeNumberProperty("failed", reads.failed());
    milliseconds("ttfb_ms", reads.firstByteMs());
    Percentiles speed = reads.bytesPerSecond();
    if (speed != null) {
      json.writeObjectPropertyStart("bytes_per_second");
      json.writeNumberProperty("min", speed.min());
      json.writeNumberProperty("p10", speed.p10());
      json.writeNumberProperty("p50", speed.p50());
      json.writeNumberProperty("max", speed.max());
      json.writeEndObject();
    }
    milliseconds("head_ms", reads.headMs());
    json.writeEndObject();
  }

  private void milliseconds(String name, @Nullable Percentiles times) {
    if (times != null) {
      json.writeObjectPropertyStart(name);
      json.writeNumberProperty("p50", times.p50());
      json.writeNumberProperty("p90", times.p90());
      json.writeNumberProperty("p99", times.p99());
      json.writeNumberProperty("max", times.max());
      json.writeEndObject();
    }
  }

  private void latency(Summary.@Nullable Latency latency) {
    if (latency == null) {
      return;
    }
    json.writeObjectPropertyStart("latency_ms");
    json.writeNumberProperty("p50", latency.p50());
    json.writeNumberProperty("p90", latency.p90());
    json.writeNumberProperty("p99", latency.p99());
    json.writeNumberProperty("max", latency.max());
    json.writeEndObject();
  }

  /// @param parts 10 for one digit after the point, 1000 for three
  private static double rounded(double value, double parts) {
    return Math.round(value * parts) / parts;
  }

  private void writeLine(Runnable fields) throws IOException {
    try {
      json.writeStartObject();
      fields.run();
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (JacksonIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      json.flush();
    } catch (JacksonIOException e) {
      throw e.getCause();
    } catch (JacksonException e) {
      throw new IOException(e);
    }
  }
}
