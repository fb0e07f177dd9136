package io.github.lotaprestage.source.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.BucketName;
import io.github.lotaprestage.plan.target.KeyList;
import io.github.lotaprestage.plan.target.Target;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Key lists as other programs write them.
class WindowsListTest {

  private static List<String> keys(byte[] content, KeyList.Format delimiter)
      throws SourceException {
    return keys(new ByteArrayInputStream(content), delimiter);
  }

  private static List<String> keys(InputStream content, KeyList.Format delimiter)
      throws SourceException {
    try (KeyListObjects source =
        new KeyListObjects(
            new KeyList("-", Optional.of(Target.Listed.below("bucket", "")), delimiter),
            () -> content,
            name -> BucketName.problem(name, false))) {
      List<String> keys = new ArrayList<>();
      for (Entry entry = source.next(); entry != null; entry = source.next()) {
        keys.add(
            switch (entry) {
              case ObjectRef object -> object.uri();
              case Entry.BadLine line -> line.problem();
            });
      }
      return keys;
    }
  }

  private static List<String> lines(String text) throws SourceException {
    return keys(text.getBytes(StandardCharsets.UTF_8), KeyList.Format.KEYS);
  }

  @Test
  void aByteOrderMarkIsDropped() throws SourceException {
    assertThat(lines("\uFEFFa\nb\n")).containsExactly("s3://bucket/a", "s3://bucket/b");
    assertThat(lines("\uFEFFs3://other/a\n")).containsExactly("s3://other/a");
    assertThat(lines("\uFEFF\r\n")).isEmpty();
    assertThat(lines("a\n\uFEFFb\n")).containsExactly("s3://bucket/a", "s3://bucket/\uFEFFb");
  }

  @Test
  void aCarriageReturnBeforeALineFeedIsPartOfTheLineEnd() throws SourceException {
    assertThat(lines("a\r\n\r\nb\r\r\nc\r"))
        .containsExactly("s3://bucket/a", "s3://bucket/b\r", "s3://bucket/c\r");
  }

  @Test
  void listsWithNulAreLiteral() throws SourceException {
    assertThat(
            keys(
                "\uFEFFa\r\n\0b\r\0".getBytes(StandardCharsets.UTF_8),
                KeyList.Format.KEYS_WITH_NUL))
        .containsExactly("s3://bucket/\uFEFFa\r\n", "s3://bucket/b\r");
  }

  @Test
  void onlyEmptyLinesAreSkipped() throws SourceException {
    assertThat(lines("\n \n\t\n# no comment\n"))
        .containsExactly("s3://bucket/ ", "s3://bucket/\t", "s3://bucket/# no comment");
  }

  @Test
  void aUriIsAUriBesideABucketToo() throws SourceException {
    assertThat(lines("s3://other/k\ns3://bucket/s3://other/k\n"))
        .containsExactly("s3://other/k", "s3://bucket/s3://other/k");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "x-UTF-16LE-BOM", "UTF-32"})
  void utf16IsRefusedAtItsFirstLine(String charset) {
    for (String text : List.of("data/a\r\ndata/b\r\n", "a")) {
      byte[] content = text.getBytes(Charset.forName(charset));
      if (content.length > 2) {
        assertThatThrownBy(() -> keys(content, KeyList.Format.KEYS))
            .as("%s in %s", text, charset)
            .isInstanceOf(SourceException.class)
            .hasMessageContaining("standard input");
      }
    }
  }

  @Test
  void nulIsRefusedAtTheFirstLineAndABadLineLater() throws SourceException {
    assertThatThrownBy(() -> lines("a\0b\0")).hasMessageContaining("--files-from0");
    assertThat(lines("a\nb\0c\nd\n"))
        .containsExactly(
            "s3://bucket/a",
            "line 2 of standard input contains a NUL character, which no key can",
            "s3://bucket/d");
  }

  @Test
  @Timeout(60)
  void aLineWithoutAnEndIsNotWaitedFor() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }
        };
    assertThatThrownBy(() -> keys(endless, KeyList.Format.KEYS))
        .hasMessageContaining("line 1 is longer than");
  }

  @Test
  void aListThatIsNotOneIsBadUsageAndALineEndIsNotedOnce(@TempDir Path home) throws IOException {
    Path list = Files.writeString(home.resolve("keys"), "a\0b\0");
    Cli.at("http://localhost:9")
        .run("-b bucket --files-from", list)
        .exits(2)
        .says("read " + list, "--files-from0");
    Path windows = Files.writeString(home.resolve("windows"), "\r\n".repeat(3));
    Cli.at("http://localhost:9")
        .run("-b bucket --files-from", windows)
        .exits(4)
        .err(err -> err.containsOnlyOnce("Windows line ends").contains(windows.toString()));
  }
}
