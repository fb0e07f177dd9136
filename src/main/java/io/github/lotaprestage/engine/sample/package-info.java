/// Reads a few staged objects after a run, to see how fast reads are.
@NullMarked
package io.github.lotaprestage.engine.sample;

import org.jspecify.annotations.NullMarked;
