package io.github.lotaprestage.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The summary of a run as one line of JSON, as `-o json` prints it.
public final class SummaryJson {

  private interface Content {
    void writeTo(JsonWriter writer) throws IOException;
  }

  private SummaryJson() {}

  public static byte[] of(RunReport report) {
    return line(writer -> writer.summary(report));
  }

  /// The same for a run that was cut off before it could add up what it did. It has no totals.
  ///
  /// @param status as in [RunReport]
  public static byte[] cutOff(ExitStatus status) {
    return line(writer -> writer.cutOff(status));
  }

  /// A line of at most this many bytes: lists are left out first.
  public static byte[] within(int bytes, byte[] line) {
    return ShortJson.within(bytes, line);
  }

  private static byte[] line(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonWriter writer = new JsonWriter(bytes);
    try {
      content.writeTo(writer);
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return bytes.toByteArray();
  }
}
