package io.github.lotaprestage.report.format;

/// Makes text safe to print: no key may move the cursor, forge a line or change the writing
/// direction.
public final class Escapes {

  private Escapes() {}

  /// `text` with control characters, line separators and direction marks as `\n`, `\t`, `\r` or
  /// `u{..}` after a backslash; everything else, backslashes included, stays as it is.
  public static String visible(String text) {
    if (isPlain(text) || text.codePoints().noneMatch(Escapes::hidden)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(point -> {
          if (hidden(point)) {
            out.append(escape(point));
          } else {
            out.appendCodePoint(point);
          }
        });
    return out.toString();
  }

  /// Almost all text is; in short runs, whose code is not compiled, streams are slow.
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }

  /// Whether a character moves the cursor, ends a line, changes the writing direction or is half of
  /// a surrogate pair.
  public static boolean hidden(int point) {
    return Character.isISOControl(point)
        || point == 0x061C
        || point == 0x200E
        || point == 0x200F
        || point == 0x2028
        || point == 0x2029
        || (point >= 0x202A && point <= 0x202E)
        || (point >= 0x2066 && point <= 0x2069)
        || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
  }

  private static String escape(int point) {
    return switch (point) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> "\\u{" + Integer.toHexString(point) + "}";
    };
  }
}
