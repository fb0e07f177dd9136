/// Keeps a run from filling the cache beyond its capacity.
@NullMarked
package io.github.lotaprestage.engine.capacity;

import org.jspecify.annotations.NullMarked;
