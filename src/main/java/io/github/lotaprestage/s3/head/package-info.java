/// Stages objects: writes the HEAD, and judges its answer.
@NullMarked
package io.github.lotaprestage.s3.head;

import org.jspecify.annotations.NullMarked;
