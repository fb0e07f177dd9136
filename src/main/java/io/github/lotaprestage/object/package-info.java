/// Objects and what became of them: the records that every other package exchanges.
@NullMarked
package io.github.lotaprestage.object;

import org.jspecify.annotations.NullMarked;
