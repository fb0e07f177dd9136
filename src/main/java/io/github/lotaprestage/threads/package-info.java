/// Threads that wait for answers.
@NullMarked
package io.github.lotaprestage.threads;

import org.jspecify.annotations.NullMarked;
