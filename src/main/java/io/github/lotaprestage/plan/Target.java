package io.github.lotaprestage.plan;

import java.util.Optional;

/// Something the user named to be staged.
public sealed interface Target {

  /// The bucket it lives in.
  String bucket();

  /// One object, taken literally.
  record Key(String bucket, String key) implements Target {
    @Override
    public String toString() {
      return "s3://" + bucket + "/" + key;
    }
  }

  /// Every key that starts with `prefix` and, where there is a pattern, matches it whole.
  ///
  /// @param prefix the string every key starts with; empty for the whole bucket
  /// @param pattern a wildcard over the whole key
  record Listed(String bucket, String prefix, Optional<Glob> pattern) implements Target {

    /// Everything below `prefix`.
    public static Listed below(String bucket, String prefix) {
      return new Listed(bucket, prefix, Optional.empty());
    }

    /// Whether this target asks for `key`.
    public boolean covers(String key) {
      return key.startsWith(prefix) && pattern.map(glob -> glob.matches(key)).orElse(true);
    }

    @Override
    public String toString() {
      return "s3://" + bucket + "/" + pattern.map(Glob::toString).orElse(prefix);
    }
  }
}
