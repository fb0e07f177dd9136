/// Says which objects a run is about: selects what listings and key lists hold, and orders it.
@NullMarked
package io.github.lotaprestage.source;

import org.jspecify.annotations.NullMarked;
