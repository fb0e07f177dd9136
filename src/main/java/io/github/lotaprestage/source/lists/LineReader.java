package io.github.lotaprestage.source.lists;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Splits a stream of any length into lines, as bytes. At most [#LONGEST] bytes of a line are kept,
/// so that a file that is not a key list cannot fill the memory.
public final class LineReader implements Closeable {

  /// Enough for `s3://`, a bucket and the longest key (1,024 bytes).
  static final int LONGEST = 4096;

  /// Reading fails if a line is longer than this.
  private static final int ENDLESS = 1 << 20;

  /// Opens the stream when the first line is read.
  public interface Input {
    InputStream open() throws IOException;
  }

  private final Input input;
  private @Nullable InputStream in;
  private final byte delimiter;
  private final byte[] buffer = new byte[LONGEST];
  private long number;
  private boolean truncated;
  private boolean delimited;

  LineReader(Input input, byte delimiter) {
    this.input = input;
    this.delimiter = delimiter;
  }

  /// The next line without its delimiter, cut to [#LONGEST] bytes; null at the end.
  ///
  /// @throws IOException also if a line does not end within a mebibyte
  byte @Nullable [] next() throws IOException {
    int length = 0;
    long beyond = 0;
    truncated = false;
    if (in == null) {
      in = new BufferedInputStream(input.open(), 1 << 16);
    }
    int read = in.read();
    if (read < 0) {
      return null;
    }
    number++;
    while (read >= 0 && (byte) read != delimiter) {
      if (length < LONGEST) {
        buffer[length++] = (byte) read;
      } else {
        truncated = true;
        if (++beyond > ENDLESS) {
          throw new IOException(
              "line " + number + " is longer than " + ENDLESS + " bytes: this is not a key list");
        }
      }
      read = in.read();
    }
    delimited = read >= 0;
    return Arrays.copyOf(buffer, length);
  }

  /// Whether [#next()] cut the last line.
  boolean truncated() {
    return truncated;
  }

  /// Whether the last line ended with a delimiter, rather than at the end of the stream.
  boolean delimited() {
    return delimited;
  }

  /// The number of the last line, from 1.
  long number() {
    return number;
  }

  @Override
  public void close() throws IOException {
    if (in != null) {
      in.close();
    }
  }
}
