/// Everything picocli: options, their cross-checks, and the exit codes.
@NullMarked
package io.github.lotaprestage.cli;

import org.jspecify.annotations.NullMarked;
