package io.github.lotaprestage.report;

import io.github.lotaprestage.report.format.JsonEscapes;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/// The lines that standard error gets with `-o json`. Each is one object that ends with a line end.
public final class MessageJson {

  /// Where a run stands.
  ///
  /// @param totalKnown whether `selected` is final
  /// @param silentSeconds how long the endpoint has not answered; 0 if that is normal
  /// @param eta when the run will probably end; null if that cannot be estimated
  public record Progress(
      long finished,
      long selected,
      boolean totalKnown,
      long failed,
      long bytes,
      int inFlight,
      double objectsPerSecond,
      long elapsedSeconds,
      long silentSeconds,
      @Nullable Instant eta) {}

  private MessageJson() {}

  /// @param stackTrace of the error that the text describes; null if it is not wanted
  static byte[] message(String level, String text, @Nullable String stackTrace) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (JsonGenerator json = begun(line, "message")) {
      json.writeStringProperty("level", level);
      json.writeStringProperty("text", JsonEscapes.wellFormed(text));
      if (stackTrace != null) {
        json.writeStringProperty("stacktrace", JsonEscapes.wellFormed(stackTrace));
      }
      end(json);
    }
    return line.toByteArray();
  }

  public static byte[] progress(Progress now) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (JsonGenerator json = begun(line, "progress")) {
      json.writeNumberProperty("finished", now.finished());
      json.writeNumberProperty("selected", now.selected());
      json.writeBooleanProperty("total_known", now.totalKnown());
      json.writeNumberProperty("failed", now.failed());
      json.writeNumberProperty("bytes", now.bytes());
      json.writeNumberProperty("in_flight", now.inFlight());
      json.writeNumberProperty(
          "objects_per_second", Math.round(now.objectsPerSecond() * 10) / 10.0);
      json.writeNumberProperty("elapsed_seconds", now.elapsedSeconds());
      if (now.silentSeconds() > 0) {
        json.writeNumberProperty("silent_seconds", now.silentSeconds());
      }
      if (now.eta() != null) {
        json.writeStringProperty("eta", now.eta().truncatedTo(ChronoUnit.SECONDS).toString());
      }
      end(json);
    }
    return line.toByteArray();
  }

  private static JsonGenerator begun(ByteArrayOutputStream line, String type) {
    JsonGenerator json = JsonWriter.factory().createGenerator(ObjectWriteContext.empty(), line);
    json.writeStartObject();
    json.writeStringProperty("type", type);
    return json;
  }

  private static void end(JsonGenerator json) {
    json.writeEndObject();
    json.writeRaw('\n');
  }
}
