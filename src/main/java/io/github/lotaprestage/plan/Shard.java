package io.github.lotaprestage.plan;

import io.github.lotaprestage.plan.target.KeySpan;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/// One of several parts of all keys. Each key belongs to exactly one of them, by its bucket and its
/// name alone: by the range of [ShardBounds] that contains it, or by a hash, which is the first
/// eight bytes of the SHA-256 of `BUCKET/KEY` in UTF-8, as an unsigned number with the most
/// significant byte first, modulo the number of shards. The hash never changes.
///
/// @param index from 0
/// @param count at least 1
/// @param range null if keys are divided by hash
/// @param bounds identifies the bounds of its range; null if keys are divided by hash
public record Shard(int index, int count, @Nullable KeySpan range, @Nullable String bounds) {

  /// The largest number of shards.
  public static final int MAX_COUNT = 100_000;

  /// A shard by hash.
  public Shard(int index, int count) {
    this(index, count, null, null);
  }

  public boolean contains(String bucket, String key) {
    if (range != null) {
      return range.contains(bucket, key);
    }
    return count == 1 || Long.remainderUnsigned(hash(bucket, key), count) == index;
  }

  static long hash(String bucket, String key) {
    try {
      byte[] name = (bucket + "/" + key).getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(name)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return index + "/" + count;
  }
}
