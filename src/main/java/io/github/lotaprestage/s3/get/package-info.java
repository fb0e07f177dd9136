/// Reads objects with the AWS SDK.
@NullMarked
package io.github.lotaprestage.s3.get;

import org.jspecify.annotations.NullMarked;
