package io.github.lotaprestage;

import java.io.IOException;
import java.io.InputStream;

/// Standard input where the program was started without one.
final class ClosedInput extends InputStream {

  @Override
  public int read() throws IOException {
    throw closed();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    throw closed();
  }

  private static IOException closed() {
    return new IOException("it is closed");
  }
}
