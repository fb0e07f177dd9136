package io.github.lotaprestage.cli;

import java.util.List;

/// All options of the program.
record Options(
    TargetOptions what,
    FilterOptions which,
    RunOptions how,
    ConnectionOptions where,
    DisplayOptions display) {

  Options() {
    this(
        new TargetOptions(),
        new FilterOptions(),
        new RunOptions(),
        new ConnectionOptions(),
        new DisplayOptions());
  }

  /// In the order of the help.
  List<OptionSet> sets() {
    return List.of(what, which, how, where, display);
  }
}
