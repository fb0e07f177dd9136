package io.github.lotaprestage.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Passes only whole lines on, several in one write, so that nothing that another stream writes to
/// the same file ends up within a line. The beginning of a line that never ends is dropped.
final class WholeLines extends OutputStream {

  private final OutputStream out;
  private final Console console;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();

  /// @param console decides whether messages have to wait for a write
  WholeLines(OutputStream out, Console console) {
    this.out = out;
    this.console = console;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int end = offset + length;
    while (end > offset && bytes[end - 1] != '\n') {
      end--;
    }
    if (end > offset) {
      pass(bytes, offset, end - offset);
    }
    held.write(bytes, end, offset + length - end);
  }

  private void pass(byte[] bytes, int offset, int length) throws IOException {
    if (held.size() == 0) {
      console.writeResults(out, bytes, offset, length);
      return;
    }
    held.write(bytes, offset, length);
    byte[] lines = held.toByteArray();
    held.reset();
    console.writeResults(out, lines, 0, lines.length);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
