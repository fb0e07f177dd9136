package io.github.lotaprestage.report;

import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Makes a line of JSON fit into a number of bytes: first it leaves out lists, then what is nested
/// deeper than one level, and at last it cuts long texts. All other fields stay as they are.
final class ShortJson {

  private static final int SHORTEST_TEXT = 16;
  private static final int LONGEST_TEXT = 1024;
  private static final int FLAT = 2;

  private ShortJson() {}

  /// @param line an object; not shortened if it fits
  static byte[] within(int bytes, byte[] line) {
    if (line.length <= bytes) {
      return line;
    }
    byte[] shorter = copy(line, Integer.MAX_VALUE, Integer.MAX_VALUE);
    if (shorter.length > bytes) {
      shorter = copy(line, FLAT, Integer.MAX_VALUE);
    }
    for (int text = LONGEST_TEXT; shorter.length > bytes && text >= SHORTEST_TEXT; text /= 2) {
      shorter = copy(line, FLAT, text);
    }
    return shorter;
  }

  private static byte[] copy(byte[] line, int deepest, int longestText) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(line.length);
    JsonFactory json = JsonWriter.factory();
    try (JsonParser from = json.createParser(ObjectReadContext.empty(), line);
        JsonGenerator to = json.createGenerator(ObjectWriteContext.empty(), out)) {
      String name = "";
      int depth = 0;
      for (JsonToken token = from.nextToken(); token != null; token = from.nextToken()) {
        switch (token) {
          case PROPERTY_NAME -> name = from.currentName();
          case START_ARRAY -> from.skipChildren();
          case START_OBJECT -> {
            if (depth == deepest) {
              from.skipChildren();
            } else {
              named(to, name, depth);
              to.writeStartObject();
              depth++;
            }
          }
          case END_OBJECT -> {
            depth--;
            to.writeEndObject();
          }
          case VALUE_STRING -> {
            named(to, name, depth);
            to.writeString(cut(from.getString(), longestText));
          }
          default -> {
            named(to, name, depth);
            to.copyCurrentEvent(from);
          }
        }
      }
      to.writeRaw('\n');
    }
    return out.toByteArray();
  }

  private static void named(JsonGenerator to, String name, int depth) {
    if (depth > 0) {
      to.writeName(name);
    }
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "…";
  }
}
