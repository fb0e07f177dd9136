package io.github.lotaprestage.plan;

import java.time.Duration;
import java.util.Optional;

/// What a run must not exceed.
///
/// @param concurrency most HEADs in flight, at least 1
/// @param listConcurrency most LISTs in flight, at least 1
/// @param headsPerSecond most HEADs a second; 0 for no limit
/// @param attemptTimeout how long one HEAD may take; empty lets it grow with the object's size
/// @param maxDuration no new HEAD after it
/// @param grace how long HEADs in flight may take when the run is being stopped
public record Limits(
    int concurrency,
    int listConcurrency,
    double headsPerSecond,
    Optional<Duration> attemptTimeout,
    Optional<Duration> maxDuration,
    Duration grace) {}
