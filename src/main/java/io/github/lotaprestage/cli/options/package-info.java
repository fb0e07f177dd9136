/// The options of the program, each declared once: the help, the man page, the completion and the
/// reference are made from these declarations.
@NullMarked
package io.github.lotaprestage.cli.options;

import org.jspecify.annotations.NullMarked;
