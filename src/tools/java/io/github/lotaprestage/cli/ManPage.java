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

  /// Escapes make lines longer.
  private static final int WIDTH = 60;

  private ManPage() {}

  /// @param date of the version, such as `2026-03-01`
  static String of(List<OptionSet> sets, String version, String date) {
    String summary = HelpText.SUMMARY;
    return ".TH LOTA-PRESTAGE 1 \""
        + date
        + "\" \""
        + version
        + "\" \"User Commands\"\n"
        + ".SH NAME\nlota\\-prestage \\- "
        + escaped(
            wrapped(
                summary.substring(0, 1).toLowerCase(Locale.ROOT)
                    + summary.substring(1, summary.length() - 1)))
        + "\n.SH SYNOPSIS\n.B lota\\-prestage\n[\\fIOPTIONS\\fR] [\\fITARGET\\fR...]\n"
        + ".SH DESCRIPTION\n"
        + escaped(wrapped(DESCRIPTION))
        + "\n"
        + sets.stream().map(ManPage::section).collect(Collectors.joining())
        + ".SH ENVIRONMENT\n"
        + escaped(wrapped(HelpText.ENVIRONMENT))
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
        + escaped(wrapped(text))
        + "\n";
  }

  private static String preformatted(String heading, String lines) {
    return ".SH " + heading + "\n.nf\n" + escaped(lines) + ".fi\n";
  }

  /// In lines of up to 80 bytes, as its readers expect.
  private static String wrapped(String text) {
    StringBuilder lines = new StringBuilder();
    int length = 0;
    for (String word : text.split(" ", -1)) {
      boolean fits = length + 1 + word.length() <= WIDTH;
      lines.append(length == 0 ? "" : fits ? " " : "\n").append(word);
      length = length == 0 || !fits ? word.length() : length + 1 + word.length();
    }
    return lines.toString();
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
