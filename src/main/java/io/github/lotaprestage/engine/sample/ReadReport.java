package io.github.lotaprestage.engine.sample;

import org.jspecify.annotations.Nullable;

/// How fast sample reads were, beside the HEADs that staged the same objects. This is evidence: the
/// store does not say whether a read came from the cache.
///
/// @param count reads that succeeded
/// @param failed reads that failed
/// @param firstByteMs milliseconds to the first byte; null if no read succeeded
/// @param bytesPerSecond of each read, from its request to its last byte
/// @param headMs milliseconds that the HEADs took, backoff included
public record ReadReport(
    int count,
    int failed,
    @Nullable Percentiles firstByteMs,
    @Nullable Percentiles bytesPerSecond,
    @Nullable Percentiles headMs) {}
