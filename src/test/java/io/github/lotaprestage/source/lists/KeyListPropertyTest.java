package io.github.lotaprestage.source.lists;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Generated;
import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.BucketName;
import io.github.lotaprestage.plan.target.KeyList;
import io.github.lotaprestage.plan.target.Target;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyListPropertyTest {

  private static List<Entry> read(byte[] content, KeyList.Format format) throws SourceException {
    KeyList list = new KeyList("-", Optional.of(Target.Listed.below("bucket", "")), format);
    try (KeyListObjects source =
        new KeyListObjects(
            list,
            () -> new ByteArrayInputStream(content),
            name -> BucketName.problem(name, false))) {
      List<Entry> entries = new ArrayList<>();
      for (Entry entry = source.next(); entry != null; entry = source.next()) {
        entries.add(entry);
      }
      assertThat(source.listed()).isEqualTo(entries.size());
      return entries;
    }
  }

  @Test
  void anyBytesBecomeOneEntryPerLineThatIsNotEmpty() {
    Generated.cases(1000, input -> becomesOneEntryPerLine(input.bytes(255)));
  }

  private static void becomesOneEntryPerLine(byte[] content) throws SourceException {
    assertThat(read(content, KeyList.Format.KEYS_WITH_NUL))
        .hasSize(lines(content, KeyList.Format.KEYS_WITH_NUL));
    try {
      assertThat(read(content, KeyList.Format.KEYS)).hasSize(lines(content, KeyList.Format.KEYS));
    } catch (SourceException e) {
      assertThat(e.error().code()).isEqualTo("NotAKeyList");
    }
  }

  private static int lines(byte[] content, KeyList.Format format) {
    int lines = 0;
    int length = 0;
    byte last = 0;
    for (byte b : content) {
      if (b == format.delimiter()) {
        boolean empty =
            length == 0 || (format == KeyList.Format.KEYS && length == 1 && last == '\r');
        lines += empty ? 0 : 1;
        length = 0;
      } else {
        length++;
      }
      last = b;
    }
    return lines + (length == 0 ? 0 : 1);
  }

  @Test
  void everyKeyCanBeNamedByItsUri() {
    Generated.cases(
        1000,
        input ->
            areNamedByTheirUris(
                input.list(100, () -> "k" + input.wellFormed(99).replace('\0', '0'))));
  }

  private static void areNamedByTheirUris(List<String> keys) throws SourceException {
    StringBuilder list = new StringBuilder();
    keys.forEach(key -> list.append("s3://bucket/").append(key).append('\0'));
    assertThat(read(list.toString().getBytes(StandardCharsets.UTF_8), KeyList.Format.KEYS_WITH_NUL))
        .isEqualTo(keys.stream().map(key -> ObjectRef.named("bucket", key)).toList());
  }
}
