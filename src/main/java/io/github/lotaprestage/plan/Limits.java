package io.github.lotaprestage.plan;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The limits of a run.
///
/// @param concurrency maximum HEADs in flight, at least 1
/// @param listConcurrency maximum LISTs in flight, at least 1
/// @param headsPerSecond maximum HEADs per second; 0 for no limit
/// @param fillBytesPerSecond maximum bytes of objects that are sent per second; 0 for no limit
/// @param attemptTimeout maximum time of one HEAD; if empty, it grows with the size of the object
/// @param maxDuration after this time no new HEAD is sent
/// @param grace the time for HEADs in flight when the run is being stopped
public record Limits(
    int concurrency,
    int listConcurrency,
    double headsPerSecond,
    long fillBytesPerSecond,
    Optional<Duration> attemptTimeout,
    Optional<Duration> maxDuration,
    Duration grace) {
  public static Builder builder() {
    return new Builder();
  }

  /// Sets limits by name. The others have the defaults of the command line.
  public static final class Builder {
    private int concurrency = 300;
    private int listConcurrency = 16;
    private double headsPerSecond;
    private long fillBytesPerSecond;
    private @Nullable Duration attemptTimeout;
    private @Nullable Duration maxDuration;
    private Duration grace = Duration.ofSeconds(10);

    private Builder() {}

    public Builder concurrency(int value) {
      concurrency = value;
      return this;
    }

    public Builder listConcurrency(int value) {
      listConcurrency = value;
      return this;
    }

    public Builder headsPerSecond(double value) {
      headsPerSecond = value;
      return this;
    }

    public Builder fillBytesPerSecond(long value) {
      fillBytesPerSecond = value;
      return this;
    }

    public Builder attemptTimeout(@Nullable Duration value) {
      attemptTimeout = value;
      return this;
    }

    public Builder maxDuration(@Nullable Duration value) {
      maxDuration = value;
      return this;
    }

    public Builder grace(Duration value) {
      grace = value;
      return this;
    }

    public Limits build() {
      return new Limits(
          concurrency,
          listConcurrency,
          headsPerSecond,
          fillBytesPerSecond,
          Optional.ofNullable(attemptTimeout),
          Optional.ofNullable(maxDuration),
          grace);
    }
  }
}
