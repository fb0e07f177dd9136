package io.github.lotaprestage.s3;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// HMAC-SHA-256 with one key. Any thread may use it.
///
/// It is two hashes, each of which begins with a block made of the key; the JDK hashes, and what
/// comes of these two blocks is kept. `javax.crypto.Mac` hashes them anew each time, and to load it
/// with its policy and providers takes a seventh of a run of one object.
///
/// Source: RFC 2104.
final class HmacSha256 {

  private static final int BLOCK = 64;
  private static final byte INNER = 0x36;
  private static final byte OUTER = 0x5c;

  private final MessageDigest inner;
  private final MessageDigest outer;

  HmacSha256(byte[] key) {
    byte[] shortened = key.length > BLOCK ? sha256().digest(key) : key;
    this.inner = begun(shortened, INNER);
    this.outer = begun(shortened, OUTER);
  }

  private static MessageDigest begun(byte[] key, byte pad) {
    byte[] block = Arrays.copyOf(key, BLOCK);
    for (int i = 0; i < BLOCK; i++) {
      block[i] ^= pad;
    }
    MessageDigest digest = sha256();
    digest.update(block);
    return digest;
  }

  /// The code of these bytes, put together.
  byte[] of(byte[]... parts) {
    MessageDigest hash = copy(inner);
    for (byte[] part : parts) {
      hash.update(part);
    }
    return copy(outer).digest(hash.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static MessageDigest copy(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's own can be copied", e);
    }
  }
}
