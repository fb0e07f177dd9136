/// Lists buckets with the AWS SDK.
@NullMarked
package io.github.lotaprestage.s3.list;

import org.jspecify.annotations.NullMarked;
