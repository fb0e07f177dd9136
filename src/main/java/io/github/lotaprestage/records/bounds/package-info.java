/// The keys that divide a run among shards: how they are found, written and read.
@NullMarked
package io.github.lotaprestage.records.bounds;

import org.jspecify.annotations.NullMarked;
