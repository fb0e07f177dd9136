package io.github.lotaprestage.object;

/// An item of a source: an object, or a line of a key list that does not name one.
public sealed interface Entry permits ObjectRef, Entry.BadLine {

  /// A line that does not name an object.
  ///
  /// @param text the line, shortened if it is very long
  /// @param problem its position and what is wrong with it
  record BadLine(String text, String problem) implements Entry {}
}
