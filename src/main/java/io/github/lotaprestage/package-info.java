/// Stages objects into the LOTA cache; start reading at [Main].
@NullMarked
package io.github.lotaprestage;

import org.jspecify.annotations.NullMarked;
