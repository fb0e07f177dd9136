package io.github.lotaprestage;

/// Runs several command lines in one process. The build makes an AOT cache of what they load.
public final class Rehearsal {

  private Rehearsal() {}

  /// @param lines command lines, their words separated by spaces; the process ends with the code of
  ///   the last one
  public static void main(String[] lines) {
    for (int i = 0; i < lines.length - 1; i++) {
      int _ = Main.run(lines[i].split(" "));
    }
    Main.main(lines[lines.length - 1].split(" "));
  }
}
