/// Writes what the user reads: text, NDJSON and progress.
@NullMarked
package io.github.lotaprestage.report;

import org.jspecify.annotations.NullMarked;
