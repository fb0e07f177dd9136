/// Converts the values of options: sizes, durations, dates, targets.
@NullMarked
package io.github.lotaprestage.cli.values;

import org.jspecify.annotations.NullMarked;
