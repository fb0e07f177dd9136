package io.github.lotaprestage.report.format;

/// How many columns of a terminal a text takes. Where terminals differ, as for emoji that are
/// joined to one, it is the larger number, so that a line never takes more than that.
public final class Columns {

  /// The first and last characters of ranges that Unicode calls wide (East Asian Width, UAX 11),
  /// without emoji, which Java knows.
  private static final int[] WIDE = {
    0x1100, 0x115F, 0x2329, 0x232A, 0x2E80, 0x303E, 0x3041, 0xA4CF, 0xA960, 0xA97F, 0xAC00, 0xD7A3,
    0xF900, 0xFAFF, 0xFE10, 0xFE19, 0xFE30, 0xFE6F, 0xFF01, 0xFF60, 0xFFE0, 0xFFE6, 0x16FE0,
    0x18DFF, 0x1AFF0, 0x1B2FF, 0x1F200, 0x1F2FF, 0x20000, 0x3FFFD,
  };

  private static final int EMOJI_STYLE = 0xFE0F;
  private static final int SOFT_HYPHEN = 0xAD;
  private static final String CUT = "...";

  private Columns() {}

  public static int width(String text) {
    int columns = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x7F) {
        return columns + ofOthers(text, i);
      }
      columns++;
    }
    return columns;
  }

  private static int ofOthers(String text, int from) {
    int columns = 0;
    int point;
    for (int i = from; i < text.length(); i += Character.charCount(point)) {
      point = text.codePointAt(i);
      columns += width(point);
    }
    return columns;
  }

  /// 0 for what is drawn over or joined to the character before it, 2 for wide characters. The mark
  /// that makes a narrow character an emoji adds one.
  private static int width(int point) {
    if (point < 0x300) {
      return 1;
    }
    if (point == EMOJI_STYLE) {
      return 1;
    }
    if (isWide(point)) {
      return 2;
    }
    return isJoined(point) ? 0 : 1;
  }

  private static boolean isJoined(int point) {
    int type = Character.getType(point);
    return type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || (type == Character.FORMAT && point != SOFT_HYPHEN)
        || (point >= 0x1160 && point <= 0x11FF); // vowels and finals of Hangul
  }

  private static boolean isWide(int point) {
    for (int i = 0; i < WIDE.length && point >= WIDE[i]; i += 2) {
      if (point <= WIDE[i + 1]) {
        return Character.getType(point) != Character.NON_SPACING_MARK;
      }
    }
    return Character.isEmojiPresentation(point) && !isRegionalIndicator(point);
  }

  /// Two of them are one flag, which is as wide as both.
  private static boolean isRegionalIndicator(int point) {
    return point >= 0x1F1E6 && point <= 0x1F1FF;
  }

  /// `text` after as many spaces as make it end at a column, but at least one.
  public static String right(String text, int columns) {
    return " ".repeat(Math.max(1, columns - text.length())) + text;
  }

  /// `text`, with its middle left out if it takes more than `width` columns.
  public static String shortened(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    int[] points = text.codePoints().toArray();
    int left = (width - CUT.length()) / 2;
    int right = width - CUT.length() - left;
    int end = 0;
    for (int room = left; end < points.length && width(points[end]) <= room; end++) {
      room -= width(points[end]);
    }
    int start = points.length;
    for (int room = right; start > end && width(points[start - 1]) <= room; start--) {
      room -= width(points[start - 1]);
    }
    while (start < points.length && width(points[start]) == 0) {
      start++; // it belongs to a character that is left out
    }
    return new String(points, 0, end) + CUT + new String(points, start, points.length - start);
  }

  /// The end of a text that is too wide, after three full stops.
  public static String end(String text, int columns) {
    if (width(text) <= columns) {
      return text;
    }
    if (columns < CUT.length()) {
      return "";
    }
    int from = text.length();
    int used = CUT.length();
    while (from > 0) {
      int point = text.codePointBefore(from);
      used += width(point);
      if (used > columns) {
        break;
      }
      from -= Character.charCount(point);
    }
    while (from < text.length() && width(text.codePointAt(from)) == 0) {
      from += Character.charCount(text.codePointAt(from)); // belongs to a character that is gone
    }
    return CUT + text.substring(from);
  }
}
