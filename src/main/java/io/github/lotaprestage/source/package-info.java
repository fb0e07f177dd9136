/// Provides the objects of a run: reads named keys, key lists and listings, selects and orders
/// objects.
@NullMarked
package io.github.lotaprestage.source;

import org.jspecify.annotations.NullMarked;
