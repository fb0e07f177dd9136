package io.github.lotaprestage.s3.head;

import io.github.lotaprestage.engine.pace.ExpectedTime;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How long to wait for the answer to one HEAD, which comes when LOTA has the whole object.
///
/// @param fixed the same for every object; empty for what [ExpectedTime] says
public record AttemptTimeout(Optional<Duration> fixed) {

  /// @param size in bytes
  Duration with(@Nullable Long size) {
    return fixed.isPresent() ? fixed.get() : ExpectedTime.of(size);
  }
}
