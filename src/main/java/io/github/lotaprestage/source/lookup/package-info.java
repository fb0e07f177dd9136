/// Looks named keys up in listings.
@NullMarked
package io.github.lotaprestage.source.lookup;

import org.jspecify.annotations.NullMarked;
