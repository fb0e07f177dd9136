package io.github.lotaprestage.report.format;

import java.lang.Character.UnicodeScript;

/// How many columns text takes on a terminal.
public final class Columns {

  private static final String CUT = "...";
  private static final int EMOJI_STYLE = 0xFE0F;

  private Columns() {}

  /// The columns of `text`: two for each wide character and emoji, none for combining characters.
  /// Terminals differ; none takes more.
  public static int width(String text) {
    return text.codePoints().map(Columns::width).sum();
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

  private static int width(int point) {
    if (point < 0x300) {
      return 1;
    }
    if (point == EMOJI_STYLE) { // it may widen the character before it
      return 1;
    }
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(point) ? 2 : 1;
    };
  }

  private static boolean isWide(int point) {
    return Character.isIdeographic(point)
        || Character.isEmojiPresentation(point)
        || (point >= 0x1F000 && point < 0x20000)
        || (point >= 0x2E80 && point <= 0x303E)
        || (point >= 0xFF01 && point <= 0xFF60)
        || (point >= 0xFFE0 && point <= 0xFFE6)
        || switch (UnicodeScript.of(point)) {
          case HANGUL, HIRAGANA, KATAKANA, BOPOMOFO, YI -> true;
          default -> point >= 0x3200 && point <= 0x33FF;
        };
  }
}
