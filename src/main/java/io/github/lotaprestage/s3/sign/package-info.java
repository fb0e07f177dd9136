/// Writes requests and signs them.
@NullMarked
package io.github.lotaprestage.s3.sign;

import org.jspecify.annotations.NullMarked;
