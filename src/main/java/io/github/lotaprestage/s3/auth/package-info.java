/// Finds credentials, and renews them.
@NullMarked
package io.github.lotaprestage.s3.auth;

import org.jspecify.annotations.NullMarked;
