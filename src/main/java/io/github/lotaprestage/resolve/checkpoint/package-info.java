/// Finds the newest complete checkpoints below a prefix, by the rules of the frameworks that write
/// them.
@NullMarked
package io.github.lotaprestage.resolve.checkpoint;

import org.jspecify.annotations.NullMarked;
