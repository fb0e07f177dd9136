package io.github.lotaprestage.source.lists;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.KeyList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/// Yields the objects of a list that this program wrote with `-o json`. Only one of them is in
/// memory at a time, and line ends have no meaning, since `jq` writes an object on several lines.
///
/// Lines of other types, such as the summary, name nothing. Anything that `-o json` does not write
/// ends the list.
public final class JsonListObjects implements ObjectSource {

  private static final Set<String> NAMELESS =
      Set.of("summary", "progress", "message", "round", "check");

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(1 << 16).maxNestingDepth(100).build())
          .build();

  /// An object of the list, as far as it matters here.
  private record Item(@Nullable String type, @Nullable String bucket, @Nullable String key) {}

  private final KeyList list;
  private final LineReader.Input input;
  private final ListNames names;
  private final AtomicLong listed = new AtomicLong();
  private @Nullable JsonParser json;
  private boolean broken;

  /// The line on which the last object begins.
  private long line;

  /// Whether that object has not been read to its end.
  private boolean inside;

  /// @param bucketProblem describes what is wrong with a bucket name, see [BucketName]
  public JsonListObjects(
      KeyList list, LineReader.Input input, Function<String, Optional<String>> bucketProblem) {
    this.list = list;
    this.input = input;
    this.names = new ListNames(list, bucketProblem);
  }

  @Override
  public @Nullable Entry next() throws SourceException {
    if (broken) {
      return null;
    }
    try {
      Item item = read();
      while (item != null && item.type() != null && NAMELESS.contains(item.type())) {
        item = read();
      }
      return item == null ? null : entry(item);
    } catch (JacksonIOException e) {
      throw broken(Failure.Kind.FILE, "ReadError", e.getOriginalMessage());
    } catch (IOException e) {
      throw broken(Failure.Kind.FILE, "ReadError", ListInput.reason(e));
    } catch (JacksonException e) {
      throw notAList(inside ? line : e.getLocation().getLineNr(), "is not a line of -o json");
    }
  }

  private @Nullable Item read() throws IOException, SourceException {
    JsonParser parser = json;
    if (parser == null) {
      parser = JSON.createParser(ObjectReadContext.empty(), input.open());
      json = parser;
    }
    JsonToken first = parser.nextToken();
    if (first == null) {
      return null;
    }
    line = parser.currentTokenLocation().getLineNr();
    if (first != JsonToken.START_OBJECT) {
      throw notAList(line, "is not a line of -o json");
    }
    inside = true;
    String type = null;
    String bucket = null;
    String key = null;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      if (parser.nextToken() != JsonToken.VALUE_STRING) {
        parser.skipChildren();
        continue;
      }
      switch (name) {
        case "type" -> type = parser.getString();
        case "bucket" -> bucket = parser.getString();
        case "key" -> key = parser.getString();
        default -> {}
      }
    }
    inside = false;
    return new Item(type, bucket, key);
  }

  private Entry entry(Item item) throws SourceException {
    String key = item.key();
    if (item.type() != null && !item.type().equals("object")) {
      throw notAList(line, "has the type '" + item.type() + "', which -o json never writes");
    }
    if (key == null) {
      throw notAList(line, "has no \"key\"");
    }
    listed.incrementAndGet();
    return item.bucket() == null ? names.key(key, line) : names.key(item.bucket(), key, key, line);
  }

  private SourceException notAList(long number, String problem) {
    return broken(
        Failure.Kind.INVALID,
        "NotAKeyList",
        "line " + number + " " + problem + "; check --files-format ndjson");
  }

  private SourceException broken(Failure.Kind kind, String code, String reason) {
    broken = true;
    return names.broken(kind, code, reason);
  }

  @Override
  public long listed() {
    return listed.get();
  }

  @Override
  public void close() {
    JsonParser parser = json;
    if (parser == null || list.isStandardInput()) {
      return; // standard input is not ours
    }
    try {
      parser.close();
    } catch (JacksonException e) {
      throw new UncheckedIOException("close " + list.name(), new IOException(e));
    }
  }
}
