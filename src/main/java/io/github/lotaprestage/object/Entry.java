package io.github.lotaprestage.object;

/// What a source yields: an object, or a line of a key list that names none.
public sealed interface Entry permits ObjectRef, Entry.BadLine {

  /// A line that cannot be an object.
  ///
  /// @param text the line, shortened where it was very long
  /// @param problem where it stands and what is wrong with it
  record BadLine(String text, String problem) implements Entry {}
}
