package io.github.lotaprestage.plan.target;

/// One thing that the user asked for.
///
/// @param index its position among the inputs of the run, from 0
/// @param name as it is called in the summary: a TARGET as it was typed, or an option with its file
public record Input(int index, String name, Kind kind) {

  /// What names the objects.
  public enum Kind {
    /// A TARGET, or a key or a prefix of an option.
    TARGET,
    /// A key list.
    LIST,
    /// A manifest.
    MANIFEST
  }
}
