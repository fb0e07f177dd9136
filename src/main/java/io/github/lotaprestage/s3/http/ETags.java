package io.github.lotaprestage.s3.http;

import org.jspecify.annotations.Nullable;

/// ETags are sent in quotes, and by some proxies marked as weak (`W/"..."`). They are printed and
/// compared without either.
public final class ETags {

  private ETags() {}

  /// Whether a header holds more than one ETag, so that none of them describes the object.
  public static boolean areSeveral(@Nullable String etag) {
    return etag != null && (etag.contains("\",") || etag.contains(", "));
  }

  /// Null if there is none, or if it is empty.
  public static @Nullable String opaque(@Nullable String etag) {
    if (etag == null) {
      return null;
    }
    String strong = etag.startsWith("W/") || etag.startsWith("w/") ? etag.substring(2) : etag;
    String opaque = strong.replace("\"", "");
    return opaque.isEmpty() ? null : opaque;
  }
}
