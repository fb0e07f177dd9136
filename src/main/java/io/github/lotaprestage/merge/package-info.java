/// `--merge-summaries`: one summary and one exit code of several runs.
@NullMarked
package io.github.lotaprestage.merge;

import org.jspecify.annotations.NullMarked;
