/// The step between the targets that the user gave and what is named or listed.
@NullMarked
package io.github.lotaprestage.resolve;

import org.jspecify.annotations.NullMarked;
