/// What a run was asked to do, as plain records.
@NullMarked
package io.github.lotaprestage.plan;

import org.jspecify.annotations.NullMarked;
