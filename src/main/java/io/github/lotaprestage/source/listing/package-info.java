/// Lists prefixes in parallel, over ranges of keys.
@NullMarked
package io.github.lotaprestage.source.listing;

import org.jspecify.annotations.NullMarked;
