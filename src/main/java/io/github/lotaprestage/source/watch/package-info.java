/// Looks for new objects again and again.
@NullMarked
package io.github.lotaprestage.source.watch;

import org.jspecify.annotations.NullMarked;
