/// Reads the manifests of loaders and of S3: what they name is what a job will read.
@NullMarked
package io.github.lotaprestage.source.manifests;

import org.jspecify.annotations.NullMarked;
