package io.github.lotaprestage.source.manifests;

import io.github.lotaprestage.plan.target.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/// Reads a manifest in JSON and recognises it by its properties.
final class JsonManifest {

  /// A manifest of a hundred thousand files has less than a quarter of that.
  private static final long MAX_BYTES = 64L << 20;

  private static final int MOSAICML_VERSION = 2;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(1 << 16)
                  .maxNameLength(1 << 16)
                  .maxNestingDepth(100)
                  .maxDocumentLength(MAX_BYTES)
                  .build())
          .build();

  /// The files of `weight_map`, without sizes; null if there is none.
  private @Nullable Map<String, @Nullable Long> weights;

  /// The files of `shards`; null if there are none.
  private @Nullable Map<String, @Nullable Long> shards;

  /// The keys of `files`; null if there are none.
  private @Nullable List<String> dataFiles;

  private @Nullable Integer version;
  private @Nullable String destination;
  private @Nullable String fileFormat;
  private @Nullable String schema;
  private final JsonParser json;

  private JsonManifest(JsonParser json) {
    this.json = json;
  }

  /// Reads all of `in`, but no more than 64 MiB.
  static Contents read(
      InputStream in,
      Manifest.@Nullable Format format,
      Names names,
      ObjectReader store,
      OtherFiles others)
      throws IOException, NotAManifestException {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), in)) {
      JsonManifest manifest = new JsonManifest(json);
      manifest.read();
      return manifest.contents(format, names, store, others);
    } catch (JacksonIOException e) {
      throw e.getCause();
    } catch (UnexpectedEndOfInputException e) {
      throw new NotAManifestException("ends in the middle of its JSON");
    } catch (StreamConstraintsException e) {
      throw new NotAManifestException(
          "is larger than 64 MiB, is nested too deep, or has a value that is too long");
    } catch (JacksonException e) {
      TokenStreamLocation where = e.getLocation();
      throw new NotAManifestException(
          where == null ? "the manifest" : "line " + where.getLineNr(),
          "is not JSON that can be used: " + e.getOriginalMessage());
    }
  }

  private Contents contents(
      Manifest.@Nullable Format format, Names names, ObjectReader store, OtherFiles others)
      throws NotAManifestException {
    Manifest.Format found = format == null ? recognised() : format;
    return switch (found) {
      case HUGGINGFACE ->
          new FileIndex(names, required(weights, "weight_map"), "index.json", others);
      case MOSAICML -> {
        if (version != null && version != MOSAICML_VERSION) {
          throw new NotAManifestException(
              "is an index of version " + version + "; only version 2 is supported");
        }
        yield new FileIndex(names, required(shards, "shards"), "index.json", others);
      }
      case S3_INVENTORY -> {
        names.requireNoTarget();
        yield new InventoryRecords(
            Inventory.of(
                required(destination, "destinationBucket"),
                required(fileFormat, "fileFormat"),
                required(schema, "fileSchema"),
                required(dataFiles, "files")),
            names,
            store);
      }
      case S3_BATCH -> throw new NotAManifestException("is JSON; s3-batch is CSV");
    };
  }

  private Manifest.Format recognised() throws NotAManifestException {
    if (weights != null) {
      return Manifest.Format.HUGGINGFACE;
    }
    if (shards != null) {
      return Manifest.Format.MOSAICML;
    }
    if (dataFiles != null) {
      return Manifest.Format.S3_INVENTORY;
    }
    throw new NotAManifestException(
        "is not a manifest of a known format: it has no weight_map (Hugging Face), shards"
            + " (MosaicML) or files (S3 Inventory)");
  }

  private static <T> T required(@Nullable T value, String property) throws NotAManifestException {
    if (value == null) {
      throw new NotAManifestException("has no property " + property + " that can be used");
    }
    return value;
  }

  private void read() throws NotAManifestException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new NotAManifestException("is not a JSON object");
    }
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "weight_map" -> weights = isObject(value) ? weightMap() : null;
        case "shards" -> shards = isArray(value) ? shards() : null;
        case "files" -> dataFiles = isArray(value) ? dataFiles() : null;
        case "version" -> version = value == JsonToken.VALUE_NUMBER_INT ? whole() : null;
        case "destinationBucket" -> destination = text(value);
        case "fileFormat" -> fileFormat = text(value);
        case "fileSchema" -> schema = text(value);
        default -> json.skipChildren();
      }
    }
    if (json.nextToken() != null) {
      throw new NotAManifestException("has something after its JSON object");
    }
  }

  private boolean isObject(@Nullable JsonToken value) {
    return value == JsonToken.START_OBJECT || skipped();
  }

  private boolean isArray(@Nullable JsonToken value) {
    return value == JsonToken.START_ARRAY || skipped();
  }

  private boolean skipped() {
    json.skipChildren();
    return false;
  }

  private @Nullable Integer whole() {
    long number = json.getBigIntegerValue().bitLength() > 31 ? -1 : json.getLongValue();
    return (int) number;
  }

  private @Nullable String text(@Nullable JsonToken value) {
    if (value == JsonToken.VALUE_STRING) {
      return json.getString();
    }
    json.skipChildren();
    return null;
  }

  /// `{"layer.weight": "model-00001-of-00002.safetensors", ...}`
  private Map<String, @Nullable Long> weightMap() throws NotAManifestException {
    Map<String, @Nullable Long> files = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      if (json.nextToken() != JsonToken.VALUE_STRING) {
        throw new NotAManifestException("has a weight_map with a value that is not a file name");
      }
      files.put(json.getString(), null);
    }
    return files;
  }

  /// `[{"raw_data": {"basename": ..., "bytes": ...}, "zip_data": null, ...}, ...]`
  private Map<String, @Nullable Long> shards() throws NotAManifestException {
    Map<String, @Nullable Long> files = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw new NotAManifestException("has shards that are not objects");
      }
      shard(files);
    }
    return files;
  }

  private record File(String name, @Nullable Long bytes) {}

  private void shard(Map<String, @Nullable Long> files) throws NotAManifestException {
    File rawData = null;
    File zipData = null;
    File rawMeta = null;
    File zipMeta = null;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      boolean object = isObject(json.nextToken());
      switch (name) {
        case "raw_data" -> rawData = object ? file() : null;
        case "zip_data" -> zipData = object ? file() : null;
        case "raw_meta" -> rawMeta = object ? file() : null;
        case "zip_meta" -> zipMeta = object ? file() : null;
        default -> {
          if (object) {
            json.skipChildren();
          }
        }
      }
    }
    File data = zipData == null ? rawData : zipData;
    File meta = zipMeta == null ? rawMeta : zipMeta;
    if (data == null) {
      throw new NotAManifestException("has a shard without raw_data and zip_data");
    }
    files.put(data.name(), data.bytes());
    if (meta != null) {
      files.put(meta.name(), meta.bytes());
    }
  }

  private File file() throws NotAManifestException {
    String name = null;
    Long bytes = null;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String property = json.currentName();
      JsonToken value = json.nextToken();
      if (property.equals("basename")) {
        name = text(value);
      } else if (property.equals("bytes") && value == JsonToken.VALUE_NUMBER_INT) {
        bytes = json.getBigIntegerValue().bitLength() < Long.SIZE ? json.getLongValue() : null;
      } else {
        json.skipChildren();
      }
    }
    return new File(required(name, "basename"), bytes);
  }

  /// `[{"key": "...", "size": ..., "MD5checksum": "..."}, ...]`
  private List<String> dataFiles() throws NotAManifestException {
    List<String> keys = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw new NotAManifestException("has files that are not objects");
      }
      String key = null;
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String property = json.currentName();
        JsonToken value = json.nextToken();
        if (property.equals("key")) {
          key = text(value);
        } else {
          json.skipChildren();
        }
      }
      keys.add(required(key, "key"));
    }
    return keys;
  }
}
