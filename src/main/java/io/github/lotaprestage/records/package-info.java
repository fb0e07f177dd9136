/// Files that outlive a run: the journal, and the list of objects that were not staged.
@NullMarked
package io.github.lotaprestage.records;

import org.jspecify.annotations.NullMarked;
