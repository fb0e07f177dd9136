package io.github.lotaprestage.source.lists;

import io.github.lotaprestage.files.FileReason;
import io.github.lotaprestage.plan.target.KeyList;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Opens lists. A list that begins with the magic bytes of gzip is decompressed; no key can begin
/// with them, since they are not UTF-8.
public final class ListInput {

  private static final int BUFFER = 1 << 16;

  private ListInput() {}

  public static InputStream open(KeyList list, InputStream standardInput) throws IOException {
    return decompressed(
        list.isStandardInput() ? standardInput : Files.newInputStream(Path.of(list.file())));
  }

  /// Why a list cannot be read, without its name.
  public static String reason(IOException e) {
    return e instanceof NoSuchFileException ? "it does not exist any more" : FileReason.of(e);
  }

  /// Decompresses what begins with the magic bytes of gzip.
  public static InputStream decompressed(InputStream raw) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, BUFFER);
    in.mark(2);
    boolean gzipped = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzipped ? new GzipInput(in, BUFFER) : in;
  }
}
