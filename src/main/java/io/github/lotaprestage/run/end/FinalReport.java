package io.github.lotaprestage.run.end;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.plan.OutputOptions;
import io.github.lotaprestage.report.Advice;
import io.github.lotaprestage.report.Console;
import io.github.lotaprestage.report.ExitStatus;
import io.github.lotaprestage.report.ResultWriter;
import io.github.lotaprestage.report.ResultWriter.TextStyle;
import io.github.lotaprestage.report.RunReport;
import io.github.lotaprestage.report.file.ResultFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes how a run ended, everywhere with the same exit code: to the result files first, because
/// the summary on standard output may have to say that they failed.
public final class FinalReport {

  /// Writes the summary to standard output, if it is wanted there.
  public interface Output {
    /// @return why standard output cannot be written, or null
    @Nullable IOException write(ExitStatus status, RunReport report);

    /// The output of a run that has no results.
    ///
    /// @param wanted whether there is a summary
    static Output json(OutputStream out, Console console, boolean wanted) {
      return (_, report) -> {
        try {
          if (wanted) {
            ResultWriter json =
                ResultWriter.of(
                    OutputOptions.Format.JSON, out, console, new TextStyle(false, null));
            json.summary(report);
            json.flush();
          }
          return null;
        } catch (IOException e) {
          return e;
        }
      };
    }
  }

  private final ResultFiles files;
  private final Console console;

  public FinalReport(ResultFiles files, Console console) {
    this.files = files;
    this.console = console;
  }

  /// @param status how the run ended, apart from what happens here
  /// @param report of that end
  /// @param stopped the reason if the run was stopped from outside
  /// @return how the run ended
  public ExitStatus write(
      ExitStatus status, RunReport report, @Nullable ExitStatus stopped, Output output) {
    Optional<Failure> unwritten = files.write(report, stopped != null);
    ExitStatus ended = status;
    RunReport last = report;
    if (unwritten.isPresent()) {
      ended = status.isSignal() ? status : ExitStatus.ERROR;
      last = report.endedBy(ended, firstOf(report.error(), unwritten.get()));
      var _ = files.write(last, stopped != null); // the other file has to show the new exit code
    }
    IOException lost = output.write(ended, last);
    unwritten.ifPresent(error -> console.message(error.message() + Advice.suffix(error)));
    if (lost == null) {
      return ended;
    }
    ExitStatus cut = OutputLoss.status(lost, console, stopped);
    if (cut != ended) {
      Failure error = report.error() == null ? OutputLoss.error(lost, cut) : report.error();
      var _ = files.write(report.endedBy(cut, error), stopped != null);
    }
    return cut;
  }

  private static Failure firstOf(@Nullable Failure error, Failure other) {
    return error == null ? other : error;
  }
}
