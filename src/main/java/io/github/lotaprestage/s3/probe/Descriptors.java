package io.github.lotaprestage.s3.probe;

import io.github.lotaprestage.object.UnusableException;
import io.github.lotaprestage.s3.http.LocalLimit;
import java.util.Optional;
import java.util.OptionalLong;

/// The file descriptors of this process.
///
/// @param limit empty if there is none or it is not known
/// @param warning if there are fewer than the concurrency needs
public record Descriptors(OptionalLong limit, Optional<String> warning) {

  /// @throws UnusableException if there are not enough for one connection
  public static Descriptors of(int concurrency) throws UnusableException {
    OptionalLong limit = LocalLimit.descriptors();
    LocalLimit.requireOneConnection(limit);
    return new Descriptors(limit, Optional.ofNullable(LocalLimit.warning(concurrency, limit)));
  }
}
