package io.github.lotaprestage.run.end;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.plan.OutputOptions;
import io.github.lotaprestage.report.Console;
import io.github.lotaprestage.report.ExitStatus;
import io.github.lotaprestage.report.file.ResultFiles;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// The end of a run that has sent nothing.
public final class EarlyEnd {

  private final OutputOptions output;
  private final OutputStream out;
  private final ResultFiles results;
  private final Console console;

  public EarlyEnd(OutputOptions output, OutputStream out, ResultFiles results, Console console) {
    this.output = output;
    this.out = out;
    this.results = results;
    this.console = console;
  }

  /// Writes the result files and, with `-o json`, the summary on standard output.
  ///
  /// @param status how the run ended, apart from what happens here
  /// @param stopped the reason if the run was stopped from outside
  /// @return how the run ended
  public ExitStatus write(ExitStatus status, @Nullable Failure why, @Nullable ExitStatus stopped) {
    boolean summary =
        output.format() == OutputOptions.Format.JSON
            && output.detail() != OutputOptions.Detail.FAILURES;
    return new FinalReport(results, console)
        .write(
            status,
            RunFault.report(status, why),
            stopped,
            FinalReport.Output.json(out, console, summary));
  }

  /// Says what a run was waiting for when it was stopped.
  ///
  /// @param stopped [ExitStatus#LIMITED], or the status of a signal
  public void explain(ExitStatus stopped, String waitingFor) {
    console.message(
        Console.Level.WARN,
        "%s before anything was sent: still waiting for %s"
            .formatted(
                stopped == ExitStatus.LIMITED ? "stopped at --max-duration" : "interrupted",
                waitingFor));
  }
}
