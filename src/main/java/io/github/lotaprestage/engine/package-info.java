/// Stages the objects of a source: each gets exactly one outcome. Knows only the JDK.
@NullMarked
package io.github.lotaprestage.engine;

import org.jspecify.annotations.NullMarked;
