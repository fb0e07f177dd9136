package io.github.lotaprestage.engine.pace;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How long one HEAD may take before something is wrong: a minute, and the object's size at 50
/// MB/s, but never more than 30 days.
public final class ExpectedTime {

  private static final Duration LEAST = Duration.ofSeconds(60);
  private static final long SLOWEST_BYTES_PER_SECOND = 50_000_000;
  private static final long LONGEST_SECONDS = Duration.ofDays(30).toSeconds();

  /// What an object of unknown size is taken for: 1 TB.
  private static final long LARGE = 1_000_000_000_000L;

  private ExpectedTime() {}

  /// @param size in bytes; null if it is unknown
  public static Duration of(@Nullable Long size) {
    long seconds = (size == null ? LARGE : size) / SLOWEST_BYTES_PER_SECOND;
    return LEAST.plusSeconds(Math.min(seconds, LONGEST_SECONDS));
  }
}
