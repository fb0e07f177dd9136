package io.github.lotaprestage.s3.sign;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// HMAC-SHA-256 with one key. Any thread may use it.
///
/// HMAC is two hashes, each of which begins with a block made from the key. The state after that
/// block is kept. `javax.crypto.Mac` would hash it again each time and delay the start.
///
/// Source: RFC 2104.
final class HmacSha256 {

  private static final int BLOCK = 64;
  private static final byte INNER = 0x36;
  private static final byte OUTER = 0x5c;

  /// Copied for each hash, because the JDK checks its policy whenever it creates one.
  private static final MessageDigest UNUSED = make();

  private final MessageDigest inner;
  private final MessageDigest outer;

  HmacSha256(byte[] key) {
    byte[] shortened = key.length > BLOCK ? sha256().digest(key) : key;
    this.inner = begun(shortened, INNER);
    this.outer = begun(shortened, OUTER);
  }

  private HmacSha256(MessageDigest inner, MessageDigest outer) {
    this.inner = inner;
    this.outer = outer;
  }

  /// The same key, for messages that begin with these bytes.
  HmacSha256 startingWith(byte[] prefix) {
    MessageDigest started = copy(inner);
    started.update(prefix);
    return new HmacSha256(started, outer);
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

  byte[] of(byte[] message) {
    MessageDigest hash = copy(inner);
    hash.update(message);
    return copy(outer).digest(hash.digest());
  }

  static MessageDigest sha256() {
    return copy(UNUSED);
  }

  private static MessageDigest make() {
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
