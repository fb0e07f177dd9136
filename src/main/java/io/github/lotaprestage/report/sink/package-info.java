/// Where the results and the progress of a run go while it runs and when it ends.
@NullMarked
package io.github.lotaprestage.report.sink;

import org.jspecify.annotations.NullMarked;
