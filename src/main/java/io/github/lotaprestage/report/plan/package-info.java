/// What a dry run found: how much there is to stage, of which kind, whether it fits, and what it
/// may cost; and the amounts of each target, also of other runs.
@NullMarked
package io.github.lotaprestage.report.plan;

import org.jspecify.annotations.NullMarked;
