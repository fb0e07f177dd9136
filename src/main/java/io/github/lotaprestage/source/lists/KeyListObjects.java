package io.github.lotaprestage.source.lists;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.KeyList;
import io.github.lotaprestage.plan.S3Uri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Yields the objects that a key list names. Only one line is in memory at a time.
///
/// Lines are literal, except for line ends and byte order marks from Windows, see [TextList]. A
/// line that starts with `s3://` is a URI, even if bare keys have a bucket. A line that does not
/// name an object becomes an [Entry.BadLine], and reading continues.
public final class KeyListObjects implements ObjectSource {

  private static final int SHOWN = 200; // code points

  private final KeyList list;
  private final LineReader lines;
  private final Function<String, Optional<String>> bucketProblem;
  private final AtomicLong listed = new AtomicLong();
  private final TextList windows = new TextList();
  private boolean broken;

  /// @param bucketProblem describes what is wrong with a bucket name, see [BucketName]
  public KeyListObjects(
      KeyList list, LineReader.Input input, Function<String, Optional<String>> bucketProblem) {
    this.list = list;
    this.lines = new LineReader(input, list.delimiter());
    this.bucketProblem = bucketProblem;
  }

  @Override
  public @Nullable Entry next() throws SourceException {
    while (true) {
      byte[] line = read();
      if (line == null) {
        return null;
      }
      if (line.length > 0) {
        listed.incrementAndGet();
        return parse(line);
      }
    }
  }

  private byte @Nullable [] read() throws SourceException {
    try {
      byte[] line = broken ? null : lines.next();
      return line == null || list.delimiter() == KeyList.NUL
          ? line
          : windows.line(line, lines.delimited(), name());
    } catch (IOException e) {
      throw broken(Failure.Kind.FILE, "ReadError", String.valueOf(e.getMessage()));
    } catch (TextList.NotAKeyListException e) {
      throw broken(Failure.Kind.INVALID, "NotAKeyList", String.valueOf(e.getMessage()));
    }
  }

  private SourceException broken(Failure.Kind kind, String code, String reason) {
    broken = true;
    return new SourceException("read " + name(), Failure.local(kind, code, reason));
  }

  private Entry parse(byte[] line) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
    } catch (CharacterCodingException e) {
      String shown = new String(line, StandardCharsets.UTF_8);
      return bad(shown, lines.truncated() ? tooLong() : "is not UTF-8");
    }
    if (lines.truncated()) {
      return bad(text, tooLong());
    }
    if (list.delimiter() != KeyList.NUL && text.indexOf('\0') >= 0) {
      return bad(text, "contains a NUL character, which no key can");
    }
    Optional<S3Uri> uri = S3Uri.parse(text);
    if (uri.isEmpty()) {
      return list.bucket()
          .<Entry>map(bucket -> ObjectRef.named(bucket, text))
          .orElseGet(
              () -> bad(text, "is a key without a bucket; add --bucket, or write s3://BUCKET/KEY"));
    }
    String bucket = uri.get().bucket();
    String key = uri.get().key();
    if (key.isEmpty()) {
      return bad(text, "names no key");
    }
    return bucketProblem
        .apply(bucket)
        .<Entry>map(problem -> bad(text, problem))
        .orElseGet(() -> ObjectRef.named(bucket, key));
  }

  private static String tooLong() {
    return "is longer than " + LineReader.LONGEST + " bytes; a key has at most 1024";
  }

  private Entry.BadLine bad(String text, String problem) {
    String shown =
        text.codePointCount(0, text.length()) > SHOWN
            ? text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…"
            : text;
    return new Entry.BadLine(shown, "line " + lines.number() + " of " + name() + " " + problem);
  }

  private String name() {
    return list.isStandardInput() ? "standard input" : list.file();
  }

  @Override
  public long listed() {
    return listed.get();
  }

  @Override
  public void close() {
    if (list.isStandardInput()) {
      return; // not ours
    }
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException("close " + name(), e);
    }
  }
}
