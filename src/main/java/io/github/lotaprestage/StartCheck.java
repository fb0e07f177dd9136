package io.github.lotaprestage;

/// The launcher runs this first if Java may not be able to start. Java itself never ends with this
/// exit code, so that options which make Java do something else are noticed too.
final class StartCheck {

  private static final int STARTED = 99;

  private StartCheck() {}

  /// Ends at once.
  public static void main(String[] args) {
    Runtime.getRuntime().halt(STARTED);
  }
}
