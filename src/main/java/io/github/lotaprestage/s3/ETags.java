package io.github.lotaprestage.s3;

import org.jspecify.annotations.Nullable;

/// ETags travel in quotes and are shown without.
final class ETags {

  private ETags() {}

  static @Nullable String unquoted(@Nullable String etag) {
    return etag == null ? null : etag.replace("\"", "");
  }
}
