package io.github.lotaprestage.merge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// An object in a line of JSON, whose fields are looked up by name.
final class JsonLine {

  private static final JsonFactory JSON = new JsonFactory();

  private final Map<String, @Nullable Object> fields;

  private JsonLine(Map<String, @Nullable Object> fields) {
    this.fields = fields;
  }

  /// The object, or the objects of a list. Empty if the line is anything else.
  static List<JsonLine> parse(String line) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), line)) {
      if (json.nextToken() == null) {
        return List.of();
      }
      @Nullable Object value = value(json);
      if (json.nextToken() != null) {
        return List.of();
      }
      return value instanceof JsonLine object ? List.of(object) : objects(value);
    } catch (JacksonException e) {
      return List.of();
    }
  }

  private static Map<String, @Nullable Object> object(JsonParser json) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      fields.put(name, value(json));
    }
    return fields;
  }

  private static @Nullable Object value(JsonParser json) {
    return switch (json.currentToken()) {
      case START_OBJECT -> new JsonLine(object(json));
      case START_ARRAY -> {
        List<@Nullable Object> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(json));
        }
        yield items;
      }
      case VALUE_NUMBER_INT -> json.getNumberValue();
      case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      case VALUE_TRUE, VALUE_FALSE -> json.getBooleanValue();
      case VALUE_STRING -> json.getString();
      default -> null;
    };
  }

  @Nullable String text(String name) {
    return fields.get(name) instanceof String text ? text : null;
  }

  /// @return -1 if it is negative, 0 if the field is missing or not a number, and at most the
  ///   largest long
  long number(String name) {
    return switch (fields.get(name)) {
      case Long number -> Math.max(-1, number);
      case Integer number -> Math.max(-1, number);
      case Number large -> large.doubleValue() < 0 ? -1 : Long.MAX_VALUE;
      case null, default -> 0;
    };
  }

  double decimal(String name) {
    return fields.get(name) instanceof Number number ? number.doubleValue() : 0;
  }

  boolean has(String name) {
    return fields.get(name) != null;
  }

  boolean isTrue(String name) {
    return Boolean.TRUE.equals(fields.get(name));
  }

  @Nullable JsonLine object(String name) {
    return fields.get(name) instanceof JsonLine object ? object : null;
  }

  /// The objects in a list.
  List<JsonLine> objects(String name) {
    return objects(fields.get(name));
  }

  private static List<JsonLine> objects(@Nullable Object value) {
    return value instanceof List<?> items
        ? items.stream().filter(JsonLine.class::isInstance).map(JsonLine.class::cast).toList()
        : List.of();
  }
}
