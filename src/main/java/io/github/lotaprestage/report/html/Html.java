package io.github.lotaprestage.report.html;

import io.github.lotaprestage.report.format.Escapes;

/// Builds HTML. Markup comes from this program only; all text is escaped.
final class Html {

  /// The longest name that is written as a whole. The page must stay small.
  private static final int LONGEST = 400;

  private static final int TAIL = 120;

  private final StringBuilder out = new StringBuilder(1 << 15);

  /// `<tag>`
  Html open(String tag) {
    out.append('<').append(tag).append('>');
    return this;
  }

  /// `<tag class="style">`
  Html open(String tag, String style) {
    out.append('<').append(tag).append(" class=\"").append(style).append("\">");
    return this;
  }

  /// `</tag>` and a line end.
  Html close(String tag) {
    out.append("</").append(tag).append(">\n");
    return this;
  }

  Html text(String text) {
    out.append(escaped(text));
    return this;
  }

  /// `<tag>text</tag>`
  Html line(String tag, String text) {
    return open(tag).text(text).close(tag);
  }

  /// `<tag class="style">text</tag>`
  Html line(String tag, String style, String text) {
    return open(tag, style).text(text).close(tag);
  }

  /// A name from outside, such as a key. Its writing direction does not affect what surrounds it.
  Html name(String name) {
    return line("code", shortened(name));
  }

  Html nameCell(String name) {
    return open("td", "name").name(name).close("td");
  }

  Html numberCell(String number) {
    return line("td", "n", number);
  }

  /// The heads of a table. Those that begin with a space belong to numbers.
  Html heads(String... names) {
    open("thead").open("tr");
    for (String name : names) {
      if (name.startsWith(" ")) {
        line("th", "n", name.substring(1));
      } else {
        line("th", name);
      }
    }
    return close("tr").close("thead");
  }

  /// Opens a table in a box of its own, which scrolls if the window is narrow.
  Html table(String... heads) {
    return open("div", "scroll").open("table").heads(heads).open("tbody");
  }

  Html endTable() {
    return close("tbody").close("table").close("div");
  }

  Html section(String title) {
    return open("section").line("h2", title);
  }

  /// Markup, with all foreign text escaped already.
  Html markup(String markup) {
    out.append(markup);
    return this;
  }

  /// `text` without markup and without characters that are invisible or change the writing
  /// direction; fit for attributes in double quotes too.
  static String escaped(String text) {
    String visible = Escapes.visible(text);
    StringBuilder safe = new StringBuilder(visible.length() + 16);
    for (int i = 0; i < visible.length(); i++) {
      char c = visible.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        default -> safe.append(c);
      }
    }
    return safe.toString();
  }

  /// The beginning and the end of a long name.
  static String shortened(String name) {
    if (name.length() <= LONGEST) {
      return name;
    }
    int head = LONGEST - TAIL;
    return name.substring(0, Character.isHighSurrogate(name.charAt(head - 1)) ? head - 1 : head)
        + " … "
        + name.substring(
            Character.isLowSurrogate(name.charAt(name.length() - TAIL))
                ? name.length() - TAIL + 1
                : name.length() - TAIL);
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
