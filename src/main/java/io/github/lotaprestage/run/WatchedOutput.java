package io.github.lotaprestage.run;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Remembers the first failure of a stream, which a `PrintWriter` over it does not report.
public final class WatchedOutput extends FilterOutputStream {

  private @Nullable IOException failure;

  public WatchedOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    }
  }

  /// The reason why something could not be written, or null.
  public @Nullable IOException failure() {
    return failure;
  }
}
