/// Files that outlive a run: what is staged already, and what is not.
@NullMarked
package io.github.lotaprestage.journal;

import org.jspecify.annotations.NullMarked;
