/// The command line: options, their values and their checks. All of picocli is here; a
/// [io.github.lotaprestage.plan.Plan] comes out.
@NullMarked
package io.github.lotaprestage.cli;

import org.jspecify.annotations.NullMarked;
