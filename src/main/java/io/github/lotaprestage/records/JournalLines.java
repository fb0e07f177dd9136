package io.github.lotaprestage.records;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads the complete lines of a stream. Text after the last line end is an incomplete line.
final class JournalLines {

  /// The longest key has 1,024 bytes; JSON needs up to six for each of them.
  private static final int LONGEST = 16_384;

  private final InputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
  private long whole;
  private long number;

  JournalLines(InputStream in) {
    this.in = new BufferedInputStream(in, 1 << 16);
  }

  /// The next complete line without its line end; null if there is none.
  ///
  /// @throws NotAJournalException if a line is longer than any entry can be
  byte @Nullable [] next() throws IOException, NotAJournalException {
    line.reset();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        number++;
        whole += line.size() + 1;
        return line.toByteArray();
      }
      line.write(b);
      if (line.size() > LONGEST) {
        throw new NotAJournalException("line " + (number + 1) + " is too long for a journal");
      }
    }
    return null;
  }

  /// Bytes up to the end of the last whole line.
  long whole() {
    return whole;
  }

  /// The number of the last line, from 1.
  long number() {
    return number;
  }

  /// At the end: what follows the last whole line.
  String torn() {
    return line.toString(StandardCharsets.UTF_8);
  }
}
