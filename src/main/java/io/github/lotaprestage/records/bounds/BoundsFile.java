package io.github.lotaprestage.records.bounds;

import io.github.lotaprestage.files.FileReason;
import io.github.lotaprestage.files.WholeFile;
import io.github.lotaprestage.plan.ShardBounds;
import io.github.lotaprestage.plan.target.KeySpan;
import io.github.lotaprestage.plan.target.S3Uri;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// The file that `--write-shard-bounds` writes and `--shard-bounds` reads: one line of JSON.
///
/// ```json
/// {"type":"shard_bounds","count":3,"targets":["s3://b/d/"],"bounds":["s3://b/d/1","s3://b/d/2"]}
/// ```
public final class BoundsFile {

  private static final JsonFactory JSON =
      JsonFactory.builder().rootValueSeparator((String) null).build();
  private static final String TYPE = "shard_bounds";

  /// 1,024 keys of 1,024 bytes, escaped.
  private static final int MAX_BYTES = 16 << 20;

  private BoundsFile() {}

  /// @throws IllegalArgumentException if the file cannot be read or contains something else, as the
  ///   end of a sentence about the file
  public static ShardBounds read(Path file) {
    byte[] content;
    try (var in = Files.newInputStream(file)) {
      content = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot be read: " + FileReason.of(e), e);
    }
    if (content.length > MAX_BYTES) {
      throw new IllegalArgumentException("is larger than 16 MiB");
    }
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), content)) {
      return read(json);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("is not JSON", e);
    }
  }

  private static ShardBounds read(JsonParser json) {
    String type = "";
    long count = -1;
    List<String> targets = null;
    List<String> bounds = null;
    require(json.nextToken() == JsonToken.START_OBJECT, "is not a JSON object");
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "type" -> type = value == JsonToken.VALUE_STRING ? json.getString() : "";
        case "count" -> count = value == JsonToken.VALUE_NUMBER_INT ? json.getLongValue() : -1;
        case "targets" -> targets = texts(json, name);
        case "bounds" -> bounds = texts(json, name);
        default -> json.skipChildren();
      }
    }
    require(json.nextToken() == null, "has something after its first line");
    require(type.equals(TYPE), "was not written by --write-shard-bounds");
    if (targets == null || bounds == null) {
      throw new IllegalArgumentException("has no 'targets' or no 'bounds'");
    }
    require(
        count == bounds.size() + 1L,
        "has " + bounds.size() + " bounds, which is not one less than its 'count'");
    return new ShardBounds(targets, cuts(bounds));
  }

  private static List<String> texts(JsonParser json, String name) {
    require(json.currentToken() == JsonToken.START_ARRAY, "has no array in '" + name + "'");
    List<String> texts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      require(
          json.currentToken() == JsonToken.VALUE_STRING,
          "has a value that is not a string in '" + name + "'");
      texts.add(json.getString());
    }
    return texts;
  }

  private static void require(boolean condition, String problem) {
    if (!condition) {
      throw new IllegalArgumentException(problem);
    }
  }

  private static List<S3Uri> cuts(List<String> texts) {
    List<S3Uri> cuts = new ArrayList<>();
    for (String text : texts) {
      S3Uri cut =
          Optional.of(text)
              .flatMap(S3Uri::parse)
              .orElseThrow(() -> new IllegalArgumentException("has a bound without s3://"));
      require(
          cuts.isEmpty() || KeySpan.ORDER.compare(cuts.getLast(), cut) <= 0,
          "has bounds that are not in the order of their keys");
      require(
          text.chars().allMatch(c -> c < ShardBounds.DISPUTED),
          "has a bound with characters beyond U+D7FF");
      cuts.add(cut);
    }
    return cuts;
  }

  static void write(Path file, ShardBounds bounds) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), line)) {
      json.writeStartObject();
      json.writeStringProperty("type", TYPE);
      json.writeNumberProperty("count", bounds.count());
      json.writeArrayPropertyStart("targets");
      bounds.targets().forEach(json::writeString);
      json.writeEndArray();
      json.writeArrayPropertyStart("bounds");
      bounds.cuts().forEach(cut -> json.writeString(cut.toString()));
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
    WholeFile.write(file, line.toByteArray());
  }
}
