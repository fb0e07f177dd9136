package io.github.lotaprestage.source.lists;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// Decompresses all members of gzip data, and says in plain words that it is damaged.
/// [java.util.zip.GZIPInputStream] takes a member with a damaged header, and one that a pipe does
/// not have ready, for the end of the data.
///
/// Source: RFC 1952. Zeros may follow the last member, as on a tape.
final class GzipInput extends InflaterInputStream {

  private static final int DEFLATED = 8;
  private static final int WITH_CHECKSUM = 2;
  private static final int WITH_EXTRA = 4;
  private static final int WITH_NAME = 8;
  private static final int WITH_COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private static final String TOO_SHORT = "it ends too early";

  private final CRC32 checksum = new CRC32();

  /// The place in the buffer of what is not compressed: headers and trailers.
  private int at;

  private boolean over;

  GzipInput(InputStream in, int buffer) throws IOException {
    super(in, new Inflater(true), buffer);
    begin(next());
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    while (!over) {
      int count = inflated(into, from, length);
      if (count >= 0) {
        checksum.update(into, from, count);
        return count;
      }
      end();
    }
    return length == 0 ? 0 : -1;
  }

  private int inflated(byte[] into, int from, int length) throws IOException {
    try {
      return super.read(into, from, length);
    } catch (EOFException e) {
      throw damaged(TOO_SHORT, e);
    } catch (ZipException e) {
      throw damaged(String.valueOf(e.getMessage()), e);
    }
  }

  /// Ends a member, and begins the next one if there is one.
  private void end() throws IOException {
    at = len - inf.getRemaining();
    if (little(4) != checksum.getValue() || little(4) != (inf.getBytesWritten() & 0xffff_ffffL)) {
      throw damaged("the checksum is wrong", null);
    }
    int first = raw();
    while (first == 0) {
      first = raw();
    }
    if (first < 0) {
      over = true;
      return;
    }
    begin(first);
    inf.reset();
    checksum.reset();
    if (at < len) {
      inf.setInput(buf, at, len - at);
    }
  }

  private void begin(int first) throws IOException {
    if (first != 0x1f || next() != 0x8b || next() != DEFLATED) {
      throw damaged("a part of it does not begin as gzip data does", null);
    }
    int flags = next();
    if ((flags & RESERVED) != 0) {
      throw damaged("a part of it does not begin as gzip data does", null);
    }
    skipBytes(6); // time, extra flags, operating system
    if ((flags & WITH_EXTRA) != 0) {
      skipBytes(little(2));
    }
    if ((flags & WITH_NAME) != 0) {
      skipText();
    }
    if ((flags & WITH_COMMENT) != 0) {
      skipText();
    }
    if ((flags & WITH_CHECKSUM) != 0) {
      skipBytes(2);
    }
  }

  private void skipBytes(long count) throws IOException {
    for (long i = 0; i < count; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    int character = next();
    while (character != 0) {
      character = next();
    }
  }

  private long little(int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) next() << (8 * i);
    }
    return value;
  }

  private int next() throws IOException {
    int value = raw();
    if (value < 0) {
      throw damaged(TOO_SHORT, null);
    }
    return value;
  }

  /// The next byte as it is, or a negative number at the end.
  private int raw() throws IOException {
    return at < len ? buf[at++] & 0xff : in.read();
  }

  private static IOException damaged(String how, @Nullable Exception cause) {
    return new IOException("its gzip data is incomplete or damaged: " + how, cause);
  }

  @Override
  public int available() {
    return over ? 0 : 1;
  }

  @Override
  public void close() throws IOException {
    inf.end();
    super.close();
  }
}
