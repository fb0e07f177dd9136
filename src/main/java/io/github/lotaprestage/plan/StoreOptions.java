package io.github.lotaprestage.plan;

import java.util.Optional;

/// What the command line says about the store and how to reach it; the rest is looked up.
///
/// @param endpointUrl `scheme://host[:port]`
/// @param pathStyle the bucket goes into the path instead of the host name
/// @param caBundle a PEM file of the certificate authorities to trust
/// @param unsigned requests carry no signature
public record StoreOptions(
    Optional<String> endpointUrl,
    Optional<String> region,
    Optional<String> profile,
    boolean pathStyle,
    Optional<String> caBundle,
    boolean unsigned) {}
