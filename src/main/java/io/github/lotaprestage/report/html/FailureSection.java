package io.github.lotaprestage.report.html;

import io.github.lotaprestage.engine.FailureGroup;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.report.Advice;
import io.github.lotaprestage.report.format.Units;
import java.util.List;

/// Failed objects by cause.
final class FailureSection {

  private static final int MAX_CAUSES = 20;

  private final Html html;

  FailureSection(Html html) {
    this.html = html;
  }

  void write(List<FailureGroup> groups) {
    if (groups.isEmpty()) {
      return;
    }
    html.section("Failures by cause");
    for (FailureGroup group : groups.subList(0, Math.min(MAX_CAUSES, groups.size()))) {
      cause(group);
    }
    if (groups.size() > MAX_CAUSES) {
      html.line("p", "quiet", "and " + (groups.size() - MAX_CAUSES) + " more causes");
    }
    html.close("section");
  }

  private void cause(FailureGroup group) {
    Failure first = group.first();
    html.open("div", "cause");
    html.line("h3", Units.count(group.count()) + " × " + Html.shortened(first.describe()));
    html.line(
        "p",
        "quiet",
        (first.kind().retryable()
                ? "This may be temporary: the same request may succeed later. Next: "
                : "A retry does not help. Next: ")
            + Advice.next(first)
            + ".");
    html.open("ul");
    for (String name : group.examples()) {
      html.open("li").name(name).close("li");
    }
    long others = group.count() - group.examples().size();
    if (others > 0) {
      html.line("li", "quiet", "and " + Units.count(others) + " more");
    }
    html.close("ul").close("div");
  }
}
