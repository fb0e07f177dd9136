package io.github.lotaprestage.plan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// One of several equal parts of all keys. Each key belongs to exactly one of them, by its bucket
/// and its name alone: the first eight bytes of the SHA-256 of `BUCKET/KEY` in UTF-8, as an
/// unsigned number with the most significant byte first, modulo the number of shards. This never
/// changes.
///
/// @param index from 0
/// @param count at least 1
public record Shard(int index, int count) {

  public boolean contains(String bucket, String key) {
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
