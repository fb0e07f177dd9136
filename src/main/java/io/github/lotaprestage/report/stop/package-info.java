/// What a person reads when a run is stopped before its end.
@NullMarked
package io.github.lotaprestage.report.stop;

import org.jspecify.annotations.NullMarked;
