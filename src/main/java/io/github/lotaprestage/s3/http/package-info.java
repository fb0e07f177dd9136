/// Sends complete requests over connections that are kept open.
@NullMarked
package io.github.lotaprestage.s3.http;

import org.jspecify.annotations.NullMarked;
