package io.github.lotaprestage.plan.target;

import java.util.Optional;
import java.util.regex.Pattern;

/// Checks bucket names. LOTA accepts a bucket only as a part of the host name.
///
/// Source: DNS host names (RFC 1123) within the limits of S3's bucket naming rules.
public final class BucketName {

  private static final Pattern HOST_LABELS =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
  private static final Pattern IPV4 = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

  private BucketName() {}

  /// The problem with `name`; empty if it is valid.
  ///
  /// @param pathStyle whether the name is in the path, which allows more names
  public static Optional<String> problem(String name, boolean pathStyle) {
    if (name.isEmpty()) {
      return Optional.of("names no bucket");
    }
    if (pathStyle) {
      return name.matches("[A-Za-z0-9._-]{1,255}")
          ? Optional.empty()
          : Optional.of("has a bucket name with characters that no store allows: " + name);
    }
    if (name.length() < 3 || name.length() > 63) {
      return Optional.of("has a bucket name that is not 3 to 63 characters long: " + name);
    }
    if (!HOST_LABELS.matcher(name).matches() || IPV4.matcher(name).matches()) {
      return Optional.of(
          "has a bucket name that cannot be part of a host name"
              + " (lower-case letters, digits, '-' and '.'): "
              + name);
    }
    return Optional.empty();
  }
}
