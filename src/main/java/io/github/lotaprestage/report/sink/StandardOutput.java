package io.github.lotaprestage.report.sink;

import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.RunEvent.Round;
import io.github.lotaprestage.plan.OutputOptions;
import io.github.lotaprestage.report.Console;
import io.github.lotaprestage.report.ResultWriter;
import io.github.lotaprestage.report.ResultWriter.TextStyle;
import io.github.lotaprestage.report.RunReport;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Results and the summary, in the format that the user chose. If standard output is closed, the
/// run has no purpose any more.
public final class StandardOutput implements Sink {

  private final OutputStream out;
  private final TextStyle style;
  private final Console console;
  private final OutputOptions options;
  private final Runnable onLoss;
  private ResultWriter results;
  private boolean midLine;
  private volatile @Nullable IOException failure;

  /// @param style of text
  /// @param onLoss called when nothing more can be written
  public StandardOutput(
      OutputStream out, TextStyle style, Console console, OutputOptions options, Runnable onLoss) {
    this.out = out;
    this.style = style;
    this.console = console;
    this.options = options;
    this.onLoss = onLoss;
    this.results = writer();
  }

  private ResultWriter writer() {
    return ResultWriter.of(options.format(), out, console, style);
  }

  @Override
  public void object(Outcome outcome) throws IOException {
    if (!options.quiet() || outcome instanceof Outcome.Failed) {
      midLine = true;
      results.object(outcome);
      midLine = false;
    }
  }

  @Override
  public void round(Round round) throws IOException {
    if (!options.quiet() || round.failed() > 0 || round.problem() != null) {
      midLine = true;
      results.round(round);
      midLine = false;
    }
  }

  @Override
  public void flush() throws IOException {
    results.flush();
  }

  @Override
  public void summary(RunReport report) throws IOException {
    if (options.detail() == OutputOptions.Detail.FAILURES) {
      return;
    }
    if (midLine) { // a fault ended that line
      results = writer();
    }
    results.summary(report);
    results.flush();
  }

  @Override
  public void failed(IOException why) {
    failure = why;
    onLoss.run();
  }

  /// Why nothing more can be written, or null.
  public @Nullable IOException failure() {
    return failure;
  }
}
