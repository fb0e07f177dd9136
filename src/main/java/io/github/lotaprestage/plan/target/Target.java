package io.github.lotaprestage.plan.target;

import io.github.lotaprestage.plan.braces.BraceExpression;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An object or a set of objects that the user named.
public sealed interface Target {

  /// The longest key that S3 allows, in bytes of UTF-8.
  int MAX_KEY_BYTES = 1024;

  /// What is wrong with a key, as the rest of a sentence about what names it; empty if S3 could
  /// hold it.
  static Optional<String> keyProblem(String key) {
    if (key.isEmpty()) {
      return Optional.of("names no key");
    }
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_KEY_BYTES) {
      return Optional.of(
          "is a key of %d bytes, and a key has at most %d".formatted(bytes.length, MAX_KEY_BYTES));
    }
    return key.equals(new String(bytes, StandardCharsets.UTF_8))
        ? Optional.empty()
        : Optional.of("is not valid Unicode");
  }

  /// The bucket of the target.
  String bucket();

  /// Those of `targets` that are of one kind, in their order.
  static <T extends Target> List<T> only(Class<T> kind, Collection<Target> targets) {
    return targets.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /// A target that names its objects, so that they need not be listed.
  sealed interface Named extends Target {

    /// How many keys it names.
    long count();

    /// One of the keys by its number, from 0.
    Key get(long index);

    /// The number of the first key that is `key`, or -1.
    long indexOf(String key);
  }

  /// One object, taken literally.
  record Key(String bucket, String key) implements Named {
    /// Written out, because the first call of a record's own takes 5 ms, and every run needs it.
    @Override
    public int hashCode() {
      return 31 * bucket.hashCode() + key.hashCode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that && bucket.equals(that.bucket) && key.equals(that.key);
    }

    @Override
    public long count() {
      return 1;
    }

    @Override
    public Key get(long index) {
      return this;
    }

    @Override
    public long indexOf(String other) {
      return key.equals(other) ? 0 : -1;
    }

    @Override
    public String toString() {
      return new S3Uri(bucket, key).toString();
    }
  }

  /// Objects that an expression with braces names; every result is a key.
  record Keys(String bucket, BraceExpression keys) implements Named {
    @Override
    public long count() {
      return keys.count();
    }

    @Override
    public Key get(long index) {
      return new Key(bucket, keys.get(index));
    }

    @Override
    public long indexOf(String key) {
      return keys.indexOf(key);
    }

    @Override
    public String toString() {
      return new S3Uri(bucket, keys.toString()).toString();
    }
  }

  /// What `key` means below a bucket: a wildcard, everything below a prefix, or one object.
  static Target of(String bucket, String key) {
    int wildcard = Glob.firstWildcard(key);
    if (wildcard >= 0) {
      String pattern = key.endsWith("/") ? key + "*" : key;
      return new Listed(bucket, key.substring(0, wildcard), Optional.of(new Glob(pattern)));
    }
    return literal(bucket, key);
  }

  /// The same without wildcards.
  static Target literal(String bucket, String key) {
    return key.isEmpty() || key.endsWith("/") ? Listed.below(bucket, key) : new Key(bucket, key);
  }

  /// Every key that starts with `prefix` and, where there is a pattern, matches it whole.
  ///
  /// @param prefix the prefix of every key; empty for the whole bucket
  /// @param pattern a wildcard over the whole key
  record Listed(String bucket, String prefix, Optional<Glob> pattern) implements Target {
    /// See [Key#hashCode].
    @Override
    public int hashCode() {
      return 31 * bucket.hashCode() + prefix.hashCode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Listed that
          && bucket.equals(that.bucket)
          && prefix.equals(that.prefix)
          && pattern.equals(that.pattern);
    }

    /// Everything below `prefix`.
    public static Listed below(String bucket, String prefix) {
      return new Listed(bucket, prefix, Optional.empty());
    }

    /// Whether every key of the bucket belongs to this target.
    public boolean isWholeBucket() {
      return prefix.isEmpty() && pattern.map(glob -> glob.toString().matches("\\*+")).orElse(true);
    }

    /// Whether this target asks for `key`.
    public boolean covers(String key) {
      return key.startsWith(prefix) && pattern.map(glob -> glob.matches(key)).orElse(true);
    }

    @Override
    public String toString() {
      return new S3Uri(bucket, pattern.map(Glob::toString).orElse(prefix)).toString();
    }
  }
}
