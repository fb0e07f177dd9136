/// The store. Other packages use only [S3Store]; everything about AWS and HTTP is in here.
@NullMarked
package io.github.lotaprestage.s3;

import org.jspecify.annotations.NullMarked;
