/// Decides when a request may be sent: concurrency, rate and backoff.
@NullMarked
package io.github.lotaprestage.engine.pace;

import org.jspecify.annotations.NullMarked;
