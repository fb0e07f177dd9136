/// Files that tell other programs how a run goes and how it ended.
@NullMarked
package io.github.lotaprestage.report.file;

import org.jspecify.annotations.NullMarked;
