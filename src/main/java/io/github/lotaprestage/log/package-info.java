/// Sends log messages to standard error. All of Logback is here.
@NullMarked
package io.github.lotaprestage.log;

import org.jspecify.annotations.NullMarked;
