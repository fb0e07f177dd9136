package io.github.lotaprestage.source.lists;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.KeyList;
import io.github.lotaprestage.plan.target.Target;
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
/// Keys are literal, except for line ends and byte order marks from Windows, see [TextList]. A line
/// that starts with `s3://` is a URI, even if bare keys have a bucket. A line that does not name an
/// object becomes an [Entry.BadLine], and reading continues.
public final class KeyListObjects implements ObjectSource {

  private final KeyList list;
  private final LineReader lines;
  private final ListNames names;
  private final AtomicLong listed = new AtomicLong();
  private final TextList windows = new TextList();
  private boolean broken;

  /// @param bucketProblem describes what is wrong with a bucket name, see [BucketName]
  public KeyListObjects(
      KeyList list, LineReader.Input input, Function<String, Optional<String>> bucketProblem) {
    this.list = list;
    this.lines = new LineReader(input, list.format().delimiter());
    this.names = new ListNames(list, bucketProblem);
  }

  @Override
  public @Nullable Entry next() throws SourceException {
    Entry entry = null;
    byte[] line = read();
    while (line != null && entry == null) {
      if (line.length > 0) {
        entry = parse(line);
      }
      if (entry == null) {
        line = read();
      }
    }
    if (entry != null) {
      listed.incrementAndGet();
    }
    return entry;
  }

  private byte @Nullable [] read() throws SourceException {
    try {
      byte[] line = broken ? null : lines.next();
      return line == null || list.format() == KeyList.Format.KEYS_WITH_NUL
          ? line
          : windows.line(line, lines.delimited(), list.name());
    } catch (IOException e) {
      throw broken(Failure.Kind.FILE, "ReadError", ListInput.reason(e));
    } catch (TextList.NotAKeyListException e) {
      throw broken(Failure.Kind.INVALID, "NotAKeyList", String.valueOf(e.getMessage()));
    }
  }

  private SourceException broken(Failure.Kind kind, String code, String reason) {
    broken = true;
    return names.broken(kind, code, reason);
  }

  /// What a line names; null if it is not there to name anything.
  private @Nullable Entry parse(byte[] line) throws SourceException {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
    } catch (CharacterCodingException e) {
      String shown = new String(line, StandardCharsets.UTF_8);
      return names.bad(shown, lines.number(), lines.truncated() ? tooLong() : "is not UTF-8");
    }
    if (lines.truncated()) {
      return names.bad(text, lines.number(), tooLong());
    }
    if (list.format() != KeyList.Format.KEYS_WITH_NUL && text.indexOf('\0') >= 0) {
      return names.bad(text, lines.number(), "contains a NUL character, which no key can");
    }
    return list.format() == KeyList.Format.AWS_LS ? awsLs(text) : names.named(text, lines.number());
  }

  private @Nullable Entry awsLs(String text) throws SourceException {
    AwsLsLine line =
        AwsLsLine.parse(text)
            .orElseThrow(() ->
                broken(
                    Failure.Kind.INVALID,
                    "NotAKeyList",
                    "line %d is not a line of aws s3 ls --recursive; check --files-format aws-ls"
                        .formatted(lines.number())));
    return switch (line) {
      case AwsLsLine.Key named -> names.key(named.key(), lines.number());
      case AwsLsLine.Prefix _ ->
          names.bad(text, lines.number(), "is a prefix; list it with aws s3 ls --recursive");
      case AwsLsLine.Total _ -> null;
    };
  }

  private static String tooLong() {
    return "is longer than "
        + LineReader.LONGEST
        + " bytes; a key has at most "
        + Target.MAX_KEY_BYTES;
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
      throw new UncheckedIOException("close " + list.name(), e);
    }
  }
}
