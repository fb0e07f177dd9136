/// Reads objects: their content with the AWS SDK, and samples of them without it.
@NullMarked
package io.github.lotaprestage.s3.get;

import org.jspecify.annotations.NullMarked;
