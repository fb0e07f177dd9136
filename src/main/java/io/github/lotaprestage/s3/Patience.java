package io.github.lotaprestage.s3;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How long to wait for the answer to one HEAD, which comes when LOTA has the whole object.
///
/// @param fixed the same for every object; empty for a minute and the object's size at 50 MB/s
record Patience(Optional<Duration> fixed) {

  private static final Duration LEAST = Duration.ofSeconds(60);
  private static final long SLOWEST_BYTES_PER_SECOND = 50_000_000;

  /// What an object of unknown size is taken for: 1 TB.
  private static final long LARGE = 1_000_000_000_000L;

  /// @param size in bytes
  Duration with(@Nullable Long size) {
    return fixed.orElseGet(
        () -> LEAST.plusSeconds((size == null ? LARGE : size) / SLOWEST_BYTES_PER_SECOND));
  }
}
