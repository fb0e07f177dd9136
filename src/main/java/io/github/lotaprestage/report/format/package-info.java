/// How values are written: units, and characters that must not be written as they are.
@NullMarked
package io.github.lotaprestage.report.format;

import org.jspecify.annotations.NullMarked;
