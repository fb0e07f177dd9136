/// Texts with braces, such as `shard-{000000..001023}.tar`, and the texts that they stand for.
@NullMarked
package io.github.lotaprestage.plan.braces;

import org.jspecify.annotations.NullMarked;
