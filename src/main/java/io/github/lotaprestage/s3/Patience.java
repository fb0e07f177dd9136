package io.github.lotaprestage.s3;

import io.github.lotaprestage.engine.ExpectedTime;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How long to wait for the answer to one HEAD, which comes when LOTA has the whole object.
///
/// @param fixed the same for every object; empty for what [ExpectedTime] says
record Patience(Optional<Duration> fixed) {

  /// @param size in bytes
  Duration with(@Nullable Long size) {
    return fixed.isPresent() ? fixed.get() : ExpectedTime.of(size);
  }
}
