package io.github.lotaprestage.report.plan;

import io.github.lotaprestage.report.format.Columns;
import io.github.lotaprestage.report.format.Escapes;
import io.github.lotaprestage.report.format.Units;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Tables of amounts in two columns of text. Where these do not fit, one follows the other.
final class SideBySide {

  private static final int BYTES = 11;
  private static final int OBJECTS = 10;
  private static final int NAMES_LEFT = 14;
  private static final int NAMES_RIGHT = 18;
  private static final String GAP = "  ";
  private static final int BESIDE =
      2 * (2 + BYTES + OBJECTS) + NAMES_LEFT + GAP.length() + NAMES_RIGHT;

  /// A column of text.
  static final class Column {
    private final int names;
    private final List<String> lines = new ArrayList<>();

    private Column(int names) {
      this.names = names;
    }

    /// Adds a table with a title.
    Column add(String title, Map<String, Amount> amounts) {
      lines.add(
          lines.isEmpty() ? title + Columns.right("objects", width() - title.length()) : title);
      amounts.forEach((name, amount) -> lines.add(line(name, amount)));
      return this;
    }

    private String line(String name, Amount amount) {
      String shown = Columns.shortened(Escapes.visible(name), names);
      return "  "
          + shown
          + " ".repeat(names - Columns.width(shown))
          + Columns.right(Units.bytes(amount.bytes()), BYTES)
          + Columns.right(Units.count(amount.objects()), OBJECTS);
    }

    private int width() {
      return 2 + names + BYTES + OBJECTS;
    }
  }

  private final boolean stacked;
  private final Column left;
  private final Column right;

  /// @param columns of a line
  SideBySide(int columns) {
    stacked = columns < BESIDE;
    int names = Math.clamp(columns - 2L - BYTES - OBJECTS, 3, NAMES_RIGHT);
    left = new Column(stacked ? names : NAMES_LEFT);
    right = new Column(names);
  }

  Column left() {
    return left;
  }

  Column right() {
    return right;
  }

  void write(Appendable out) throws IOException {
    if (stacked) {
      left.lines.addAll(right.lines);
      right.lines.clear();
    }
    for (int i = 0; i < Math.max(left.lines.size(), right.lines.size()); i++) {
      out.append(i < left.lines.size() ? left.lines.get(i) : " ".repeat(left.width()));
      if (i < right.lines.size()) {
        out.append(GAP).append(right.lines.get(i));
      }
      out.append('\n');
    }
  }
}
