package io.github.lotaprestage.plan.target;

import java.util.Optional;

/// `s3://BUCKET/KEY`. Nothing is encoded in it: `%2F` is three characters of a key.
///
/// @param key all that follows the slash after the bucket: a key, a prefix or a pattern; may be
///   empty
public record S3Uri(String bucket, String key) {

  public static final String SCHEME = "s3://";

  /// Empty if `text` does not begin with `s3://`. Whether bucket and key can be used is not
  /// checked.
  public static Optional<S3Uri> parse(String text) {
    if (!text.startsWith(SCHEME)) {
      return Optional.empty();
    }
    int slash = text.indexOf('/', SCHEME.length());
    return Optional.of(
        slash < 0
            ? new S3Uri(text.substring(SCHEME.length()), "")
            : new S3Uri(text.substring(SCHEME.length(), slash), text.substring(slash + 1)));
  }

  @Override
  public String toString() {
    return SCHEME + bucket + "/" + key;
  }
}
