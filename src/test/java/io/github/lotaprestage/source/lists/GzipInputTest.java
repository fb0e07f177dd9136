package io.github.lotaprestage.source.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GzipInputTest {

  private static byte[] gzipped(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /// Through the door that lists and manifests use.
  private static String read(byte[] data) throws IOException {
    try (InputStream in = ListInput.decompressed(new ByteArrayInputStream(data))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void allMembersAreRead() throws IOException {
    assertThat(read(joined(gzipped("a\n"), gzipped(""), gzipped("b\n")))).isEqualTo("a\nb\n");
  }

  @Test
  void zerosMayFollow() throws IOException {
    assertThat(read(joined(gzipped("a\n"), new byte[700]))).isEqualTo("a\n");
    assertThat(read(joined(gzipped("a\n"), new byte[3], gzipped("b\n")))).isEqualTo("a\nb\n");
  }

  @Test
  void whatIsNotCompressedIsNotTheEnd() throws IOException {
    byte[] appended = joined(gzipped("a\n"), "b\n".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> read(appended)).hasMessageContaining("does not begin as gzip");
  }

  @Test
  void noCutIsTakenForTheEnd() throws IOException {
    byte[] second = gzipped("b\n");
    for (int kept = 1; kept < second.length; kept++) {
      byte[] cut = joined(gzipped("a\n"), Arrays.copyOf(second, kept));
      assertThatThrownBy(() -> read(cut))
          .as("%d bytes of the second member", kept)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("gzip data is incomplete or damaged: ");
    }
    for (int kept = 2; kept < second.length; kept++) {
      byte[] cut = Arrays.copyOf(second, kept);
      assertThatThrownBy(() -> read(cut))
          .as("%d bytes", kept)
          .hasMessageContaining("gzip data is incomplete or damaged: ");
    }
  }

  /// The last bits of the compressed data may mean nothing.
  @Test
  void noDamageChangesTheText() throws IOException {
    byte[] whole = joined(gzipped("aaaa\n"), gzipped("bbbb\n"));
    int noticed = 0;
    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 0x10;
      try {
        assertThat(read(damaged)).isIn("aaaa\nbbbb\n", new String(damaged, StandardCharsets.UTF_8));
      } catch (IOException e) {
        noticed++;
      }
    }
    assertThat(noticed).isGreaterThan(whole.length / 2);
  }

  /// With a name, a comment, an extra field and a checksum of the header, as `gzip -N` and others
  /// write them.
  @Test
  void everyFieldOfAHeaderIsSkipped() throws IOException {
    byte[] plain = gzipped("a\n");
    byte[] header = Arrays.copyOf(plain, 10);
    header[3] = 2 + 4 + 8 + 16;
    byte[] fields = {3, 0, 1, 2, 3, 'n', 0, 'c', 'c', 0, 9, 9};
    byte[] member = joined(header, fields, Arrays.copyOfRange(plain, 10, plain.length));
    assertThat(read(joined(member, member))).isEqualTo("a\na\n");
  }

  @Test
  void aHeaderOfAnotherFormatIsRefused() throws IOException {
    byte[] other = gzipped("a\n");
    other[3] = (byte) 0x80;
    assertThatThrownBy(() -> read(other)).hasMessageContaining("does not begin as gzip");
  }

  /// A pipe says that nothing is available although more follows.
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 4096})
  void aSlowPipeIsNotTakenForTheEnd(int atOnce) throws IOException {
    StringBuilder text = new StringBuilder();
    Random random = new Random(5);
    byte[] data = {};
    for (int i = 0; i < 50; i++) {
      String part = "key-%d-%x%n".formatted(i, random.nextLong());
      text.append(part);
      data = joined(data, gzipped(part));
    }
    InputStream slow =
        new ByteArrayInputStream(data) {
          @Override
          public synchronized int read(byte[] into, int from, int length) {
            return super.read(into, from, Math.min(length, atOnce));
          }

          @Override
          public synchronized int available() {
            return 0;
          }
        };
    try (InputStream in = ListInput.decompressed(slow)) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(text.toString());
    }
  }
}
