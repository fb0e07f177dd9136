/// The only package that knows the AWS SDK.
@NullMarked
package io.github.lotaprestage.s3;

import org.jspecify.annotations.NullMarked;
