/// How a run ends: its exit status, its last report, and the words about it.
@NullMarked
package io.github.lotaprestage.run.end;

import org.jspecify.annotations.NullMarked;
