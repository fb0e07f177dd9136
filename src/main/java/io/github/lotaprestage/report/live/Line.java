package io.github.lotaprestage.report.live;

import java.util.List;

/// Fits pieces into a line.
final class Line {

  private static final String GAP = "  ";

  private Line() {}

  /// The pieces in their order, as long as they fit.
  static String of(List<Piece> pieces, int columns, boolean colour) {
    int[] form = new int[pieces.size()];
    while (columns(pieces, form) > columns && shorten(pieces, form)) {
      // until it fits, or nothing can be shorter
    }
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < form.length; i++) {
      Piece piece = pieces.get(i);
      String text = piece.forms().get(form[i]);
      if (!text.isEmpty()) {
        line.append(line.isEmpty() ? "" : GAP).append(colour ? piece.colour().paint(text) : text);
      }
    }
    return line.toString();
  }

  private static int columns(List<Piece> pieces, int[] form) {
    int columns = -GAP.length();
    for (int i = 0; i < form.length; i++) {
      int own = pieces.get(i).columns(form[i]);
      columns += own == 0 ? 0 : own + GAP.length();
    }
    return columns;
  }

  private static boolean shorten(List<Piece> pieces, int[] form) {
    int least = -1;
    int weight = Integer.MAX_VALUE;
    for (int i = 0; i < form.length; i++) {
      Piece piece = pieces.get(i);
      if (form[i] + 1 < piece.forms().size() && piece.weights().get(form[i]) < weight) {
        least = i;
        weight = piece.weights().get(form[i]);
      }
    }
    if (least < 0) {
      return false;
    }
    form[least]++;
    return true;
  }
}
