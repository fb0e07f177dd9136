/// Where the objects of a run come from: key lists, listings, filters.
@NullMarked
package io.github.lotaprestage.source;

import org.jspecify.annotations.NullMarked;
