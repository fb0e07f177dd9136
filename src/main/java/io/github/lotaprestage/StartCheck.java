package io.github.lotaprestage;

/// What the launcher runs first where it is doubtful that Java can start. Its exit code is one that
/// Java itself never ends with, so that options which make Java do something else are found out
/// too.
final class StartCheck {

  private static final int STARTED = 99;

  private StartCheck() {}

  /// Ends at once.
  public static void main(String[] args) {
    Runtime.getRuntime().halt(STARTED);
  }
}
