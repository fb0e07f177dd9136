package io.github.lotaprestage.cli.values;

import io.github.lotaprestage.plan.Glob;
import io.github.lotaprestage.plan.Target;
import java.util.Optional;

/// Reads `s3://` targets. Nothing in them is decoded: `%2F` is three characters of a key.
public final class Targets {

  private static final String SCHEME = "s3://";

  private Targets() {}

  /// @param raw `*` and `?` stand for themselves
  /// @throws IllegalArgumentException with what is wrong, to be read behind the target
  public static Target parse(String text, boolean raw) {
    if (!text.startsWith(SCHEME)) {
      throw new IllegalArgumentException(
          "does not start with s3://; write it as " + TargetSpelling.corrected(text));
    }
    String rest = text.substring(SCHEME.length());
    int slash = rest.indexOf('/');
    String bucket = slash < 0 ? rest : rest.substring(0, slash);
    String key = slash < 0 ? "" : rest.substring(slash + 1);
    if (Glob.firstWildcard(bucket) >= 0) {
      throw new IllegalArgumentException("has a wildcard in the bucket name; name each bucket");
    }
    int wildcard = raw ? -1 : Glob.firstWildcard(key);
    if (wildcard >= 0) {
      String pattern = key.endsWith("/") ? key + "*" : key;
      return new Target.Listed(bucket, key.substring(0, wildcard), Optional.of(new Glob(pattern)));
    }
    return key.isEmpty() || key.endsWith("/")
        ? Target.Listed.below(bucket, key)
        : new Target.Key(bucket, key);
  }
}
