package io.github.lotaprestage.source.lists;

import io.github.lotaprestage.plan.target.KeyList;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Opens lists. A list that begins with the magic bytes of gzip is decompressed; no key can begin
/// with them, since they are not UTF-8.
public final class ListInput {

  private static final int BUFFER = 1 << 16;

  private ListInput() {}

  public static InputStream open(KeyList list, InputStream standardInput) throws IOException {
    return decompressed(
        list.isStandardInput() ? standardInput : Files.newInputStream(Path.of(list.file())));
  }

  /// Decompresses what begins with the magic bytes of gzip.
  public static InputStream decompressed(InputStream raw) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, BUFFER);
    in.mark(2);
    boolean gzipped = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzipped ? new Unzipped(in) : in;
  }

  /// Says in plain words that compressed data is damaged.
  private static final class Unzipped extends FilterInputStream {
    Unzipped(InputStream in) throws IOException {
      super(new GZIPInputStream(in, BUFFER));
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      try {
        return super.read(into, from, length);
      } catch (EOFException | ZipException e) {
        throw new IOException("its gzip data is incomplete or damaged: " + e.getMessage(), e);
      }
    }
  }
}
