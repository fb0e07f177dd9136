package io.github.lotaprestage.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WholeLinesTest {

  private final List<String> writes = new ArrayList<>();
  private final OutputStream lines =
      new WholeLines(
          new OutputStream() {
            @Override
            public void write(int b) {
              throw new AssertionError("one byte at a time");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
              writes.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
            }
          },
          new Console(new PrintStream(new ByteArrayOutputStream()), false, false));

  private void write(String text) throws IOException {
    byte[] bytes = ("##" + text + "#").getBytes(StandardCharsets.UTF_8);
    lines.write(bytes, 2, bytes.length - 3);
    lines.flush();
  }

  @Test
  void eachWriteEndsAtALineEnd() throws Exception {
    write("a\nb\nc");
    write("c");
    write("cc\n");
    write("\n");
    write("d\ne");
    assertThat(writes).containsExactly("a\nb\n", "cccc\n", "\n", "d\n");
  }
}
