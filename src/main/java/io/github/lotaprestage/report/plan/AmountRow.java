package io.github.lotaprestage.report.plan;

import io.github.lotaprestage.report.format.Columns;
import io.github.lotaprestage.report.format.Escapes;
import io.github.lotaprestage.report.format.Units;

/// A line about objects that have something in common, which fits the terminal.
final class AmountRow {

  /// In narrower lines, the name needs the place of the number of objects.
  private static final int COLUMNS_FOR_OBJECTS = 60;

  private static final int SHORTEST_NAME = 10;

  private AmountRow() {}

  /// ` 4.5 GiB 1,200 objects s3://data/imagenet/ (1 failed)`
  ///
  /// @param name the middle is left out if it does not fit
  /// @param end is never left out
  /// @param columns of the line
  static String of(Amount amount, String name, String end, int columns) {
    String bytes = bytes(amount);
    return columns < COLUMNS_FOR_OBJECTS
        ? named(bytes, name, end, columns)
        : named(bytes + Columns.right(Units.objects(amount.objects()), 18), name, end, columns);
  }

  /// The same for one object.
  static String ofObject(long size, String name, int columns) {
    return named(bytes(new Amount(1, size)), name, "", columns);
  }

  private static String bytes(Amount amount) {
    return Columns.right(Units.bytes(amount.bytes()), 12);
  }

  private static String named(String amounts, String name, String end, int columns) {
    int room = columns - amounts.length() - 2 - end.length();
    String shown = Columns.shortened(Escapes.visible(name), Math.max(SHORTEST_NAME, room));
    return amounts + "  " + shown + end;
  }
}
