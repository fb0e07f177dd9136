/// One run, from its plan to its exit status: wiring, deadline and signals.
@NullMarked
package io.github.lotaprestage.run;

import org.jspecify.annotations.NullMarked;
