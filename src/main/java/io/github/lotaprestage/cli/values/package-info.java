/// Converts the values of options (sizes, durations, dates, targets) and corrects spellings.
@NullMarked
package io.github.lotaprestage.cli.values;

import org.jspecify.annotations.NullMarked;
