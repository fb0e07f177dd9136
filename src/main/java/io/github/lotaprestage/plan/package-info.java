/// The request of a run, as plain records.
@NullMarked
package io.github.lotaprestage.plan;

import org.jspecify.annotations.NullMarked;
