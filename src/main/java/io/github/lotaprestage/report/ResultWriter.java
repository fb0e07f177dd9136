package io.github.lotaprestage.report;

import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.RunEvent.Round;
import io.github.lotaprestage.plan.OutputOptions;
import io.github.lotaprestage.report.format.Terminal;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Writes results in one format. Not thread-safe; output is complete after [#flush()].
public interface ResultWriter {

  /// How text for people looks.
  ///
  /// @param colour whether it may be coloured
  /// @param terminal that shows it; null if it goes elsewhere
  record TextStyle(boolean colour, @Nullable Terminal terminal) {}

  /// A writer for a format.
  ///
  /// @param console where messages go, which must not end up within a line of results
  /// @param style of text
  static ResultWriter of(
      OutputOptions.Format format, OutputStream out, Console console, TextStyle style) {
    return switch (format) {
      case TEXT -> new TextWriter(new WholeLines(out, console), style);
      case JSON -> new JsonWriter(new WholeLines(out, console));
    };
  }

  void object(Outcome outcome) throws IOException;

  void round(Round round) throws IOException;

  /// One line, for `--doctor`.
  void check(Finding finding) throws IOException;

  void summary(RunReport report) throws IOException;

  void flush() throws IOException;
}
