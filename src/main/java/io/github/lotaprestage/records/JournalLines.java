package io.github.lotaprestage.records;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads the complete lines of a stream. Text after the last line end is an incomplete line.
final class JournalLines {

  /// The longest key has 1,024 bytes; JSON needs up to six for each of them.
  private static final int LONGEST = 16_384;

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int from;
  private int to;
  private long whole;
  private long number;

  JournalLines(InputStream in) {
    this.in = in;
  }

  /// The next complete line without its line end; null if there is none.
  ///
  /// @throws NotAJournalException if a line is longer than any entry can be
  byte @Nullable [] next() throws IOException, NotAJournalException {
    int end = from;
    while (true) {
      while (end < to && buffer[end] != '\n') {
        end++;
      }
      if (end - from > LONGEST) {
        throw new NotAJournalException("line " + (number + 1) + " is too long for a journal");
      }
      if (end < to) {
        byte[] line = Arrays.copyOfRange(buffer, from, end);
        from = end + 1;
        number++;
        whole += line.length + 1;
        return line;
      }
      end -= from;
      if (!readMore()) {
        return null;
      }
    }
  }

  /// Moves the incomplete line to the start of the buffer, and reads what follows.
  private boolean readMore() throws IOException {
    System.arraycopy(buffer, from, buffer, 0, to - from);
    to -= from;
    from = 0;
    int count = in.read(buffer, to, buffer.length - to);
    to += Math.max(0, count);
    return count >= 0;
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
    return new String(buffer, from, to - from, StandardCharsets.UTF_8);
  }
}
