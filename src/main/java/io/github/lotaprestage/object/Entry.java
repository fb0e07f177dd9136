package io.github.lotaprestage.object;

import io.github.lotaprestage.plan.target.Input;
import org.jspecify.annotations.Nullable;

/// An item of a source: an object, or a line of a key list that does not name one.
public sealed interface Entry permits ObjectRef, Entry.BadLine {

  /// A line that does not name an object.
  ///
  /// @param text the line, shortened if it is very long
  /// @param problem its position and what is wrong with it
  /// @param input the list that contains it; may be null for the first input
  record BadLine(String text, String problem, @Nullable Input input) implements Entry {

    /// A line of the first input.
    public BadLine(String text, String problem) {
      this(text, problem, null);
    }
  }

  /// The same entry, read from an input.
  static Entry from(Input input, Entry entry) {
    return switch (entry) {
      case ObjectRef object -> object.selectedBy(input);
      case BadLine line -> new BadLine(line.text(), line.problem(), input);
    };
  }
}
