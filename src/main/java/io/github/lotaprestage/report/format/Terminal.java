package io.github.lotaprestage.report.format;

/// The window of a terminal. Its size may change at any time.
public interface Terminal {

  /// 0 if it is unknown.
  int columns();

  /// 0 if it is unknown.
  int rows();
}
