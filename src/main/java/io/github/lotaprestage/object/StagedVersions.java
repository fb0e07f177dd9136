package io.github.lotaprestage.object;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The known version of each key, as hashes in an open-addressing table: 16 bytes an entry, at most
/// three quarters of them used.
///
/// Each hash is 64 bits of SHA-256. Two objects are confused only if two independent hashes
/// collide.
public final class StagedVersions {

  private static final int FIRST_CAPACITY = 1 << 10;

  /// Pairs of key hash and version hash; a key hash of 0 marks a free entry.
  private long[] table = new long[2 * FIRST_CAPACITY];

  private int size;

  /// Remembers this version of a key and forgets any other.
  public void put(String bucket, String key, String etag) {
    if (4L * (size + 1) > 3L * (table.length / 2)) {
      grow();
    }
    ByteBuffer name = nameHash(bucket, key);
    if (put(table, place(name), version(name, etag))) {
      size++;
    }
  }

  /// Whether any version of the key is known.
  public boolean knows(String bucket, String key) {
    return table[find(table, place(nameHash(bucket, key)))] != 0;
  }

  /// Whether this version of the key is known.
  public boolean holds(String bucket, String key, String etag) {
    ByteBuffer name = nameHash(bucket, key);
    int at = find(table, place(name));
    return table[at] != 0 && table[at + 1] == version(name, etag);
  }

  public int size() {
    return size;
  }

  /// Bytes of the table.
  public long footprint() {
    return 8L * table.length;
  }

  private void grow() {
    long[] larger = new long[2 * table.length];
    for (int i = 0; i < table.length; i += 2) {
      if (table[i] != 0) {
        put(larger, table[i], table[i + 1]);
      }
    }
    table = larger;
  }

  /// Returns whether the key is new.
  private static boolean put(long[] into, long place, long version) {
    int at = find(into, place);
    boolean added = into[at] == 0;
    into[at] = place;
    into[at + 1] = version;
    return added;
  }

  /// The index of the key, or of the free entry for it.
  private static int find(long[] in, long place) {
    int mask = in.length / 2 - 1;
    int slot = (int) (place >>> 32) & mask;
    while (in[2 * slot] != 0 && in[2 * slot] != place) {
      slot = (slot + 1) & mask;
    }
    return 2 * slot;
  }

  private static ByteBuffer nameHash(String bucket, String key) {
    return hash(bucket + "/" + key); // no bucket name has a slash
  }

  private static long place(ByteBuffer nameHash) {
    long place = nameHash.getLong(0);
    return place == 0 ? 1 : place;
  }

  private static long version(ByteBuffer nameHash, String etag) {
    return nameHash.getLong(Long.BYTES) ^ hash(etag).getLong(0);
  }

  private static ByteBuffer hash(String text) {
    try {
      return ByteBuffer.wrap(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
