/// Runs one probe per object, bounded, with retries, and adds up what came of it.
@NullMarked
package io.github.lotaprestage.engine;

import org.jspecify.annotations.NullMarked;
