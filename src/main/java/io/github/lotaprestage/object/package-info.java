/// Objects and their outcomes: the records that all other packages exchange.
@NullMarked
package io.github.lotaprestage.object;

import org.jspecify.annotations.NullMarked;
