/// `--doctor`: checks everything that a run needs, and stages nothing.
@NullMarked
package io.github.lotaprestage.doctor;

import org.jspecify.annotations.NullMarked;
