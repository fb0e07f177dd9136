package io.github.lotaprestage.object;

import io.github.lotaprestage.plan.target.Input;
import io.github.lotaprestage.plan.target.S3Uri;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An object to stage, with the metadata that is known before its HEAD.
///
/// @param size bytes, as listed; null, and nothing else, means that it is unknown
/// @param etag without quotes, as listed
/// @param lastModified as listed
/// @param storageClass as listed
/// @param input what selects it; may be null for an object of the first input
public record ObjectRef(
    String bucket,
    String key,
    @Nullable Long size,
    @Nullable String etag,
    @Nullable Instant lastModified,
    @Nullable String storageClass,
    @Nullable Input input)
    implements Entry {

  private static final long LARGEST_SUMMABLE = 1L << 46;

  /// An object of the first input.
  public ObjectRef(
      String bucket,
      String key,
      @Nullable Long size,
      @Nullable String etag,
      @Nullable Instant lastModified,
      @Nullable String storageClass) {
    this(bucket, key, size, etag, lastModified, storageClass, null);
  }

  /// The same object, selected by an input.
  public ObjectRef selectedBy(@Nullable Input selecting) {
    if (selecting == null || selecting.equals(input)) {
      return this;
    }
    return new ObjectRef(bucket, key, size, etag, lastModified, storageClass, selecting);
  }

  /// The same object of any version.
  public ObjectRef withoutVersion() {
    return etag == null
        ? this
        : new ObjectRef(bucket, key, size, null, lastModified, storageClass, input);
  }

  /// What names it and gave its metadata, if that is a manifest and not a listing.
  public @Nullable Input manifest() {
    return input != null && input.kind() == Input.Kind.MANIFEST ? input : null;
  }

  /// An object of which only the name is known.
  public static ObjectRef named(String bucket, String key) {
    return new ObjectRef(bucket, key, null, null, null, null);
  }

  /// Whether nothing but its name is known.
  public boolean isOnlyNamed() {
    return size == null && etag == null && lastModified == null && storageClass == null;
  }

  /// Whether it is known to have no bytes.
  public boolean isEmpty() {
    return size != null && size == 0;
  }

  /// The size for sums of thousands of objects, which do not overflow: 0 if it is unknown, and no
  /// more than 64 TiB, which is larger than any object that S3 stores.
  public long summableSize() {
    return size == null ? 0 : Math.min(size, LARGEST_SUMMABLE);
  }

  /// The sum of sizes, limited to the largest long.
  public static long sum(long bytes, long more) {
    return more > Long.MAX_VALUE - bytes ? Long.MAX_VALUE : bytes + more;
  }

  /// The URI, or the text of a line that names no object, which has no bucket.
  public String display() {
    return bucket.isEmpty() ? key : uri();
  }

  /// `s3://bucket/key`
  public String uri() {
    return new S3Uri(bucket, key).toString();
  }
}
