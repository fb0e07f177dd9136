package io.github.lotaprestage.cli;

import io.github.lotaprestage.cli.options.Option;
import io.github.lotaprestage.cli.options.OptionSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The manual page, in the language of `man`. picocli's generator writes AsciiDoc, which needs a
/// Ruby program to become a manual page.
final class ManPage {

  private static final String DESCRIPTION =
      "A HEAD request with Range: bytes=0-0 makes LOTA fetch the whole object into its cache, and"
          + " LOTA answers when the object is there. lota-prestage sends that request for every"
          + " selected object, and retries it where that helps. The exit code is 0 only if every"
          + " selected object is in the cache.";

  private ManPage() {}

  static String of(List<OptionSet> sets, String version) {
    String summary = HelpText.SUMMARY;
    return ".TH LOTA-PRESTAGE 1 \"\" \""
        + version
        + "\" \"User Commands\"\n"
        + ".SH NAME\nlota\\-prestage \\- "
        + escaped(summary.substring(0, 1).toLowerCase(Locale.ROOT))
        + escaped(summary.substring(1, summary.length() - 1))
        + "\n.SH SYNOPSIS\n.B lota\\-prestage\n[\\fIOPTIONS\\fR] [\\fITARGET\\fR...]\n"
        + ".SH DESCRIPTION\n"
        + escaped(DESCRIPTION)
        + "\n"
        + sets.stream().map(ManPage::section).collect(Collectors.joining())
        + ".SH ENVIRONMENT\n"
        + escaped(HelpText.ENVIRONMENT)
        + "\n"
        + preformatted("EXIT STATUS", HelpText.EXIT_CODES)
        + preformatted("EXAMPLES", HelpText.EXAMPLES);
  }

  private static String section(OptionSet set) {
    return ".SH "
        + set.heading().toUpperCase(Locale.ROOT)
        + "\n"
        + set.options().stream().map(ManPage::entry).collect(Collectors.joining());
  }

  private static String entry(Option<?> option) {
    String text = (option.summary() + " " + option.details()).strip();
    return ".TP\n"
        + OptionTexts.usages(option).stream()
            .map(usage -> "\\fB" + escaped(usage).replaceFirst(" (.+)", "\\\\fR \\\\fI$1") + "\\fR")
            .collect(Collectors.joining(", "))
        + "\n"
        + escaped(text)
        + "\n";
  }

  private static String preformatted(String heading, String lines) {
    return ".SH " + heading + "\n.nf\n" + escaped(lines) + ".fi\n";
  }

  /// A line that begins with a full stop would be a command, and an apostrophe would be printed as
  /// a curly quote.
  private static String escaped(String text) {
    return text.replace("\\", "\\e")
        .replace("-", "\\-")
        .replace("'", "\\(aq")
        .replaceAll("(?m)^\\.", "\\\\&.");
  }
}
