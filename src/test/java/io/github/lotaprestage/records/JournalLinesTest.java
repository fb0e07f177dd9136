package io.github.lotaprestage.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalLinesTest {

  private static final int LONGEST = 16_384;

  /// Far more than is read at once, with lines of every length.
  private static final List<String> LINES =
      IntStream.range(0, 1000)
          .mapToObj(i -> Character.toString('a' + i % 26).repeat(i * 37 % 1000))
          .toList();

  private static InputStream inPieces(String text, int most) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
      @Override
      public synchronized int read(byte[] into, int offset, int length) {
        return super.read(into, offset, Math.min(length, most));
      }
    };
  }

  private static List<String> read(JournalLines lines) throws IOException, NotAJournalException {
    List<String> all = new ArrayList<>();
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      all.add(new String(line, StandardCharsets.UTF_8));
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, 65_536, 1_000_000})
  void everyLineIsReadOnceHoweverTheStreamIsCut(int most) throws Exception {
    String whole = String.join("\n", LINES) + "\n";
    JournalLines lines = new JournalLines(inPieces(whole + "torn", most));
    assertThat(read(lines)).isEqualTo(LINES);
    assertThat(lines.number()).isEqualTo(LINES.size());
    assertThat(lines.whole()).isEqualTo(whole.length());
    assertThat(lines.torn()).isEqualTo("torn");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", ""})
  void aLineIsNotLongerThanAnyEntryCanBe(String end) {
    JournalLines lines =
        new JournalLines(inPieces("first\n" + "x".repeat(LONGEST + 1) + end, 1_000_000));
    assertThatExceptionOfType(NotAJournalException.class)
        .isThrownBy(() -> read(lines))
        .withMessageContaining("line 2 is too long for a journal");
  }

  @Test
  void theLongestLineIsRead() throws Exception {
    String longest = "x".repeat(LONGEST);
    assertThat(read(new JournalLines(inPieces("first\n" + longest + "\n", 1000))))
        .containsExactly("first", longest);
  }
}
