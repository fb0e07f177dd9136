package io.github.lotaprestage.source.lists;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.KeyList;
import io.github.lotaprestage.plan.target.S3Uri;
import io.github.lotaprestage.plan.target.Target;
import java.util.Optional;
import java.util.function.Function;

/// What the texts of a list name.
final class ListNames {

  private static final int SHOWN = 200; // code points

  private final KeyList list;
  private final Function<String, Optional<String>> bucketProblem;

  /// @param bucketProblem describes what is wrong with a bucket name, see [BucketName]
  ListNames(KeyList list, Function<String, Optional<String>> bucketProblem) {
    this.list = list;
    this.bucketProblem = bucketProblem;
  }

  /// A bare name below the base of the list, or a URI.
  Entry named(String text, long line) {
    Optional<S3Uri> uri = S3Uri.parse(text);
    if (uri.isEmpty()) {
      return list.base()
          .<Entry>map(base -> ObjectRef.named(base.bucket(), base.prefix() + text))
          .orElseGet(() -> withoutBucket(text, line));
    }
    return key(uri.get().bucket(), uri.get().key(), text, line);
  }

  /// A whole key of the bucket that the base of the list names.
  Entry key(String key, long line) {
    return list.base()
        .map(base -> key(base.bucket(), key, key, line))
        .orElseGet(() -> withoutBucket(key, line));
  }

  /// A whole key of a bucket that the list names.
  ///
  /// @param text what is shown if they cannot exist
  Entry key(String bucket, String key, String text, long line) {
    return Target.keyProblem(key)
        .or(() -> bucketProblem.apply(bucket))
        .<Entry>map(problem -> bad(text, line, problem))
        .orElseGet(() -> ObjectRef.named(bucket, key));
  }

  private Entry withoutBucket(String text, long line) {
    return bad(text, line, "is a key without a bucket; add --bucket, or write s3://BUCKET/KEY");
  }

  Entry bad(String text, long line, String problem) {
    String shown =
        text.codePointCount(0, text.length()) > SHOWN
            ? text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…"
            : text;
    return new Entry.BadLine(shown, "line " + line + " of " + list.name() + " " + problem);
  }

  /// The list cannot be read any further.
  SourceException broken(Failure.Kind kind, String code, String reason) {
    return new SourceException("read " + list.name(), Failure.local(kind, code, reason));
  }
}
