package io.github.lotaprestage.source.manifests;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads CSV as S3 writes it: fields in quotes or not, quotes doubled, records of one line or,
/// inside quotes, of several. Source: RFC 4180.
final class CsvReader implements Closeable {

  /// Enough for a record with an encoded key of 1,024 bytes and every field of an inventory.
  private static final int LONGEST_RECORD = 1 << 16;

  private static final int END = -1;

  private final BufferedReader in;
  private final StringBuilder field = new StringBuilder();
  private final List<String> fields = new ArrayList<>();
  private int characters;
  private long number;

  /// @param in UTF-8
  CsvReader(InputStream in) {
    this.in =
        new BufferedReader(
            new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)),
            1 << 16);
  }

  /// The number of the last record, from 1.
  long number() {
    return number;
  }

  /// The fields of the next record that is not an empty line; null at the end. The list is valid
  /// until the next call.
  @Nullable List<String> next() throws IOException, NotAManifestException {
    while (true) {
      number++;
      fields.clear();
      characters = 0;
      boolean more = record();
      if (fields.size() > 1 || !fields.getFirst().isEmpty()) {
        return fields;
      }
      if (!more) {
        return null;
      }
    }
  }

  /// @return false at the end of the input
  private boolean record() throws IOException, NotAManifestException {
    while (true) {
      int end = field();
      fields.add(field.toString());
      if (end == '\n' || end == END) {
        return end != END;
      }
    }
  }

  /// @return what ended the field: a comma, a line feed, or the end of the input
  private int field() throws IOException, NotAManifestException {
    field.setLength(0);
    int c = read();
    if (number == 1 && fields.isEmpty() && c == '\uFEFF') {
      c = read(); // a byte order mark
    }
    if (c == '"') {
      quoted();
      c = read();
      if (c == '\r') {
        c = read();
      }
      if (c != ',' && c != '\n' && c != END) {
        throw problem("has text after a closing quote");
      }
      return c;
    }
    while (c != ',' && c != '\n' && c != END) {
      field.append((char) c);
      c = read();
    }
    if (c != ',' && !field.isEmpty() && field.charAt(field.length() - 1) == '\r') {
      field.setLength(field.length() - 1);
    }
    return c;
  }

  private void quoted() throws IOException, NotAManifestException {
    while (true) {
      int c = read();
      if (c == END) {
        throw problem("has no closing quote");
      }
      if (c == '"') {
        in.mark(1);
        if (in.read() != '"') {
          in.reset();
          return;
        }
      }
      field.append((char) c);
    }
  }

  private int read() throws IOException, NotAManifestException {
    if (++characters > LONGEST_RECORD) {
      throw problem("is longer than " + LONGEST_RECORD + " characters");
    }
    return in.read();
  }

  NotAManifestException problem(String problem) {
    return new NotAManifestException("record " + number, problem);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
