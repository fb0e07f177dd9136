package io.github.lotaprestage.s3.sign;

import io.github.lotaprestage.s3.config.Endpoint;
import java.util.function.LongSupplier;
import software.amazon.awssdk.regions.Region;

/// What all requests of a run have in common when they are signed.
///
/// @param unsigned whether requests carry no signature
/// @param seconds returns the time, in seconds since 1970
public record Signing(Endpoint endpoint, Region region, boolean unsigned, LongSupplier seconds) {}
