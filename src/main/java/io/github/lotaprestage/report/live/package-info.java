/// The progress of a run on a terminal: a few lines that change and leave nothing behind. Runs
/// elsewhere load nothing of it.
@NullMarked
package io.github.lotaprestage.report.live;

import org.jspecify.annotations.NullMarked;
