package io.github.lotaprestage.records;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// One line of a journal: this version of this object was staged.
///
/// @param endpoint through which it was staged; null in entries of older versions
/// @param at when it was staged, in ISO 8601; null in entries of older versions
record JournalEntry(
    String bucket, String key, String etag, @Nullable String endpoint, @Nullable String at) {

  private static final String TYPE = "prestaged";
  private static final JsonFactory JSON =
      JsonFactory.builder().rootValueSeparator((String) null).build();

  /// As JSON, with the line end.
  byte[] line() {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), line)) {
      json.writeStartObject();
      json.writeStringProperty("type", TYPE);
      json.writeStringProperty("bucket", bucket);
      json.writeStringProperty("key", key);
      json.writeStringProperty("etag", etag);
      if (endpoint != null) {
        json.writeStringProperty("endpoint", endpoint);
      }
      if (at != null) {
        json.writeStringProperty("at", at);
      }
      json.writeEndObject();
      json.writeRaw('\n');
    }
    return line.toByteArray();
  }

  /// Whether it is known to be no older than `oldest`.
  boolean isSince(Instant oldest) {
    try {
      return at != null && !Instant.parse(at).isBefore(oldest);
    } catch (DateTimeParseException e) {
      return false; // its age is unknown
    }
  }

  /// Empty if the line is not an entry. Unknown fields are ignored.
  static Optional<JournalEntry> parse(byte[] line) {
    @Nullable String type = null;
    @Nullable String bucket = null;
    @Nullable String key = null;
    @Nullable String etag = null;
    @Nullable String endpoint = null;
    @Nullable String at = null;
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (value != JsonToken.VALUE_STRING) {
          json.skipChildren();
          continue;
        }
        switch (name) {
          case "type" -> type = json.getString();
          case "bucket" -> bucket = json.getString();
          case "key" -> key = json.getString();
          case "etag" -> etag = json.getString();
          case "endpoint" -> endpoint = json.getString();
          case "at" -> at = json.getString();
          default -> {}
        }
      }
      if (json.nextToken() != null) {
        return Optional.empty();
      }
    } catch (JacksonException e) {
      return Optional.empty();
    }
    return TYPE.equals(type) && bucket != null && key != null && etag != null
        ? Optional.of(new JournalEntry(bucket, key, etag, endpoint, at))
        : Optional.empty();
  }
}
