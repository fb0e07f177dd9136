/// One run, from its plan to its exit status: what belongs to it, its deadline, and signals.
@NullMarked
package io.github.lotaprestage.run;

import org.jspecify.annotations.NullMarked;
