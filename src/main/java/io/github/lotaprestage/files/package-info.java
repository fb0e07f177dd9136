/// Files that the program writes: where a name leads, and how to replace a file as a whole.
@NullMarked
package io.github.lotaprestage.files;

import org.jspecify.annotations.NullMarked;
