package io.github.lotaprestage.s3.head;

import io.github.lotaprestage.engine.pace.ExpectedTime;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The time limit of one HEAD. LOTA answers when the whole object is in the cache.
///
/// @param fixed the same limit for every object; if empty, [ExpectedTime] decides
public record AttemptTimeout(Optional<Duration> fixed) {

  /// @param size in bytes
  Duration with(@Nullable Long size) {
    return fixed.isPresent() ? fixed.get() : ExpectedTime.of(size);
  }
}
