package io.github.lotaprestage.source.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.BucketName;
import io.github.lotaprestage.plan.target.Manifest;
import io.github.lotaprestage.plan.target.Target;
import io.github.lotaprestage.source.listing.FakeListing;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ManifestObjectsTest {

  private static final String INVENTORY =
      "{\"destinationBucket\":\"inv\",\"fileFormat\":\"%s\",\"fileSchema\":\"%s\",\"files\":[%s]}";

  private static List<Entry> entries(InputStream content, Manifest.@Nullable Format format)
      throws Exception {
    return entries(content, format, Map.of());
  }

  private static List<Entry> entries(
      InputStream content, Manifest.@Nullable Format format, Map<String, String> store)
      throws Exception {
    Manifest manifest =
        new Manifest("-", Optional.of(Target.Listed.below("b", "p/")), Optional.ofNullable(format));
    List<Entry> all = new ArrayList<>();
    try (ManifestObjects objects =
        new ManifestObjects(
            manifest,
            content,
            (_, key) ->
                new ByteArrayInputStream(
                    store.getOrDefault(key, "").getBytes(StandardCharsets.UTF_8)),
            new FakeListing(),
            _ -> Optional.empty())) {
      for (Entry entry = objects.next(); entry != null; entry = objects.next()) {
        all.add(entry);
      }
    }
    return all;
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> names(String text) throws Exception {
    return entries(text(text), null).stream()
        .map(entry ->
            switch (entry) {
              case ObjectRef object -> object.uri();
              case Entry.BadLine line -> line.problem();
            })
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/etc/passwd", "../x", "a/../b", "a//b", ".", "a/", "x/./y"})
  void namesOutsideTheDirectoryAreNoFiles(String name) throws Exception {
    assertThat(names("{\"weight_map\":{\"w\":\"" + name + "\"}}"))
        .containsExactly("an entry of standard input is not the name of a file below s3://b/p/");
  }

  static List<Arguments> notManifests() {
    return List.of(
        Arguments.of("{}", "is not a manifest of a known format"),
        Arguments.of("{\"weight_map\":[]}", "is not a manifest of a known format"),
        Arguments.of("{\"weight_map\":{\"a\":1}}", "a value that is not a file name"),
        Arguments.of("{\"weight_map\":{\"a\":\"b\"}", "ends in the middle of its JSON"),
        Arguments.of("{\"weight_map\":{\"a\":\"b\"}} {}", "something after its JSON object"),
        Arguments.of("{\"shards\":[1]}", "shards that are not objects"),
        Arguments.of("{\"shards\":[{}]}", "a shard without raw_data"),
        Arguments.of("{\"shards\":[{\"raw_data\":{\"bytes\":1}}]}", "no property basename"),
        Arguments.of("{\"version\":3,\"shards\":[]}", "version 3"),
        Arguments.of("{\"version\":99999999999999999999,\"shards\":[]}", "only version 2"),
        Arguments.of("{\"files\":[]}", "no property destinationBucket"),
        Arguments.of(INVENTORY.formatted("ORC", "Bucket, Key", ""), "the format 'ORC'; only CSV"),
        Arguments.of(INVENTORY.formatted("CSV", "Key", ""), "without Bucket and Key"),
        Arguments.of("{\"a\":" + "[".repeat(200), "nested too deep"),
        Arguments.of("b\n", "record 1 has one field"),
        Arguments.of("Bucket\n", "record 1 has one field"),
        Arguments.of("{\"a\":truf}", "is not JSON that can be used"),
        Arguments.of("b,k,v,w\n", "record 1 has 4 fields"),
        Arguments.of("b,k\nb,\"k", "record 2 has no closing quote"),
        Arguments.of("b,\"k\"x\n", "record 1 has text after a closing quote"),
        Arguments.of("b," + "k".repeat(100_000), "record 1 is longer than 65536 characters"));
  }

  @ParameterizedTest
  @MethodSource
  void notManifests(String content, String problem) {
    assertThatThrownBy(() -> names(content))
        .isInstanceOfSatisfying(
            SourceException.class,
            e -> assertThat(e.error().kind()).isEqualTo(Failure.Kind.INVALID))
        .hasMessageContaining("read the manifest standard input: NotAManifest")
        .hasMessageContaining(problem);
  }

  @Test
  void aHeadingMayFollowEmptyLines() throws Exception {
    assertThat(names("\n\r\nBucket,Key\nbkt,a\nbucket,key\n"))
        .containsExactly("s3://bkt/a", "s3://bucket/key");
  }

  /// Half of a character cannot be sent, and what would be sent in its place is another key.
  @Test
  void aKeyThatIsNotUnicodeIsNoKey() throws Exception {
    assertThat(names("{\"weight_map\":{\"w\":\"x\\ud800y\"}}"))
        .containsExactly("an entry of standard input is not valid Unicode");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "ISO-8859-1"})
  void otherEncodingsAreNamed(String encoding) {
    byte[] bytes = "bkt,größe\n".getBytes(Charset.forName(encoding));
    assertThatThrownBy(() -> entries(new ByteArrayInputStream(bytes), null))
        .hasMessageContaining("NotAManifest: the manifest is not UTF-8");
  }

  @Test
  void jsonBeyond64MebibytesIsRefused() {
    byte[] start = "{\"weight_map\":{".getBytes(StandardCharsets.UTF_8);
    byte[] pair = "\"a\":\"b\",".getBytes(StandardCharsets.UTF_8);
    InputStream endless =
        new InputStream() {
          private long position;

          @Override
          public int read() {
            long at = position++;
            return at < start.length
                ? start[(int) at]
                : pair[(int) ((at - start.length) % pair.length)];
          }

          @Override
          public int read(byte[] into, int from, int length) {
            for (int i = 0; i < length; i++) {
              into[from + i] = (byte) read();
            }
            return length;
          }
        };
    assertThatThrownBy(() -> entries(endless, null)).hasMessageContaining("larger than 64 MiB");
  }

  @Test
  void damagedCompressionIsAReadError() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write("b,k\n".repeat(10_000).getBytes(StandardCharsets.UTF_8));
    }
    byte[] cut = Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2);
    assertThatThrownBy(() -> entries(new ByteArrayInputStream(cut), null))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.error().kind()).isEqualTo(Failure.Kind.FILE));
  }

  @Test
  void textThatIsNotUtf8IsAReadError() {
    assertThatThrownBy(
            () -> entries(new ByteArrayInputStream(new byte[] {'b', ',', (byte) 0xC3, '\n'}), null))
        .isInstanceOf(SourceException.class);
  }

  @Test
  void csvMayHaveAHeadingEmptyLinesAndQuotes() throws Exception {
    assertThat(names("Bucket,Key\r\n\r\nb,\"a\"\"b\"\r\nb,%F0%9F%98%80\nb,a%0Ab"))
        .containsExactly("s3://b/a\"b", "s3://b/\uD83D\uDE00", "s3://b/a\nb");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%2", "%zz", "%C3"})
  void aKeyThatIsNotEncodedIsNoKey(String key) throws Exception {
    assertThat(names("b," + key))
        .singleElement()
        .asString()
        .contains("is not the encoding of a key");
  }

  @Test
  void aLongKeyIsNoKey() throws Exception {
    assertThat(names("b," + "k".repeat(1025))).singleElement().asString().contains("1025 bytes");
  }

  @Test
  void anInventoryHasColumnsInAnyOrder() throws Exception {
    List<Entry> found =
        entries(
            text(
                INVENTORY.formatted(
                    "CSV",
                    "Key, ETag, Bucket, LastModifiedDate, Size, StorageClass",
                    "{\"key\":\"f\"}")),
            null,
            Map.of(
                "f", "\"k\",\"e\",\"src\",\"2026-01-02T03:04:05.000Z\",\"7\",\"STANDARD_IA\"\n"));
    assertThat(found)
        .singleElement()
        .isInstanceOfSatisfying(
            ObjectRef.class,
            object -> {
              assertThat(object.uri()).isEqualTo("s3://src/k");
              assertThat(object.size()).isEqualTo(7);
              assertThat(object.etag()).isEqualTo("e");
              assertThat(object.lastModified()).hasToString("2026-01-02T03:04:05Z");
              assertThat(object.storageClass()).isEqualTo("STANDARD_IA");
            });
  }

  @ParameterizedTest
  @CsvSource({"'\"src\",\"\"', names no key", "'\"\",\"k\"', names no bucket"})
  void anInventoryRecordWithoutANameIsNoObject(String record, String problem) throws Exception {
    Manifest manifest = new Manifest("-", Optional.empty(), Optional.empty());
    try (ManifestObjects objects =
        new ManifestObjects(
            manifest,
            text(INVENTORY.formatted("CSV", "Bucket, Key", "{\"key\":\"f\"}")),
            (_, _) -> text(record),
            new FakeListing(),
            bucket -> BucketName.problem(bucket, false))) {
      assertThat(objects.next())
          .isInstanceOfSatisfying(
              Entry.BadLine.class, line -> assertThat(line.problem()).contains(problem));
    }
  }

  @Test
  void theFormatCanBeForced() {
    assertThatThrownBy(() -> entries(text("{\"weight_map\":{}}"), Manifest.Format.MOSAICML))
        .hasMessageContaining("no property shards");
    assertThatThrownBy(() -> entries(text("b,k"), Manifest.Format.HUGGINGFACE))
        .hasMessageContaining("is not JSON");
    assertThatThrownBy(() -> entries(text("{\"shards\":[]}"), Manifest.Format.S3_BATCH))
        .hasMessageContaining("s3-batch is CSV");
  }
}
