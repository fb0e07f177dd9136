/// Lists buckets: writes the LIST, and reads its answer.
@NullMarked
package io.github.lotaprestage.s3.list;

import org.jspecify.annotations.NullMarked;
