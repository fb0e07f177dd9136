/// Stages objects in the LOTA cache. Start reading at [Main].
@NullMarked
package io.github.lotaprestage;

import org.jspecify.annotations.NullMarked;
