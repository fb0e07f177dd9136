/// The store. [S3Store] is what other packages use; all of AWS and of HTTP is in here.
@NullMarked
package io.github.lotaprestage.s3;

import org.jspecify.annotations.NullMarked;
