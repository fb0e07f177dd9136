/// Looks at the parts of a store one at a time, so that `--doctor` can name the one that is broken.
/// Only the doctor uses it.
@NullMarked
package io.github.lotaprestage.s3.probe;

import org.jspecify.annotations.NullMarked;
