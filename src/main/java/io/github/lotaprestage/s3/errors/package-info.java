/// Turns failures of any kind into [io.github.lotaprestage.object.Failure]s.
@NullMarked
package io.github.lotaprestage.s3.errors;

import org.jspecify.annotations.NullMarked;
