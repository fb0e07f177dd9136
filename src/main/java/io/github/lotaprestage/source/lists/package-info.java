/// Reads lists of keys.
@NullMarked
package io.github.lotaprestage.source.lists;

import org.jspecify.annotations.NullMarked;
