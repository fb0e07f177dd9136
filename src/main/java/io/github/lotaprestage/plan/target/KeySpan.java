package io.github.lotaprestage.plan.target;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// The keys after one name, up to and including another, in the order of buckets and, within a
/// bucket, of the UTF-8 bytes of keys.
///
/// @param after null to begin with the first key of the first bucket
/// @param until null to end with the last key of the last bucket
public record KeySpan(@Nullable S3Uri after, @Nullable S3Uri until) {

  /// The order of names.
  public static final Comparator<S3Uri> ORDER =
      Comparator.comparing(S3Uri::bucket).thenComparing(S3Uri::key, KeyOrder.BY_BYTES);

  public boolean contains(String bucket, String key) {
    S3Uri name = new S3Uri(bucket, key);
    return (after == null || ORDER.compare(name, after) > 0)
        && (until == null || ORDER.compare(name, until) <= 0);
  }

  /// Whether all keys that start with `prefix` are outside.
  public boolean misses(String bucket, String prefix) {
    return isAfterAll(bucket, prefix, until) || isBeforeAll(bucket, prefix, after);
  }

  /// The key below `prefix` after which the span begins; null if it contains the first of them.
  public @Nullable String firstBelow(String bucket, String prefix) {
    return below(bucket, prefix, after);
  }

  /// The last key below `prefix` that the span contains; null if it contains all that follow.
  public @Nullable String lastBelow(String bucket, String prefix) {
    return below(bucket, prefix, until);
  }

  private static @Nullable String below(String bucket, String prefix, @Nullable S3Uri name) {
    return name != null && name.bucket().equals(bucket) && name.key().startsWith(prefix)
        ? name.key()
        : null;
  }

  /// Whether the keys below a prefix follow `end`.
  private static boolean isAfterAll(String bucket, String prefix, @Nullable S3Uri end) {
    return end != null && ORDER.compare(end, new S3Uri(bucket, prefix)) < 0;
  }

  /// Whether `start` follows the keys below a prefix.
  private static boolean isBeforeAll(String bucket, String prefix, @Nullable S3Uri start) {
    return start != null
        && ORDER.compare(start, new S3Uri(bucket, prefix)) > 0
        && !(start.bucket().equals(bucket) && start.key().startsWith(prefix));
  }
}
