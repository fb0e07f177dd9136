package io.github.lotaprestage.engine.pace;

import io.github.lotaprestage.object.ObjectRef;
import java.time.Duration;

/// An object whose request is in flight.
///
/// @param age since its first request was sent, backoff included
public record Pending(ObjectRef object, Duration age) {}
