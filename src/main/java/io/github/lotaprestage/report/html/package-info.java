/// The page of `--report`: a run on one page of HTML, which needs nothing else. Its size has a
/// limit, however many objects there are. No class of it is loaded without that option.
@NullMarked
package io.github.lotaprestage.report.html;

import org.jspecify.annotations.NullMarked;
