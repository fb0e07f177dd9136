package io.github.lotaprestage.cli.options;

import io.github.lotaprestage.cli.values.Durations;
import io.github.lotaprestage.cli.values.Values;
import io.github.lotaprestage.log.Logging;
import io.github.lotaprestage.plan.OutputOptions;
import java.time.Duration;
import java.util.List;

/// What to print.
public final class DisplayOptions extends OptionSet {

  DisplayOptions() {
    super("Output");
  }

  public final Option<OutputOptions.Format> format =
      option("-o", "--output")
          .value("FORMAT", new Values.Word<>(OutputOptions.Format.class))
          .defaultsTo("text")
          .text("Format of results: text, or json with one object per line.");

  public final Option<List<Boolean>> quiet =
      repeatedFlag("-q", "--quiet")
          .text("Print failures and the summary only; given twice, failures and errors only.");

  public final Option<OutputOptions.Progress> progress =
      option("--progress")
          .value("WHEN", new Values.Word<>(OutputOptions.Progress.class))
          .defaultsTo("auto")
          .text("When to show progress: auto, always (even with --quiet) or never.")
          .details(
              "On a terminal, progress is shown in one to three lines that change and disappear in the"
                  + " end. Elsewhere, in CI and with TERM=dumb, a line is printed every"
                  + " --progress-interval, unless --quiet is given.");

  public final Option<Duration> progressInterval =
      option("--progress-interval")
          .value("TIME", Durations.positive())
          .defaultsTo("30s")
          .text("Time between progress lines if standard error is not a terminal.");

  public final Option<String> summaryFile =
      option("--summary-file")
          .value("FILE", Values.Text.NAME)
          .text("Write the JSON summary to FILE when the run ends, whatever --output is.")
          .details(
              "FILE is replaced in one step where its directory allows that. /dev/termination-log is"
                  + " written in place and gets at most 4096 bytes. A dry run writes FILE too.");

  public final Option<List<String>> mergeSummaries =
      option("--merge-summaries")
          .values("FILE", Values.Text.NAME)
          .text("Merge the summaries in several FILEs into one with one exit code; stage nothing.")
          .details(
              "Each FILE is from --summary-file or -o json, or has a JSON list of summaries on one line."
                  + " More of them may follow without the option. A shard that is missing or given twice is reported, and counts as a run that ended"
                  + " with 3.");

  public final Option<String> metricsFile =
      option("--metrics-file")
          .value("FILE", Values.Text.NAME)
          .text("Write metrics of the run to FILE for Prometheus, every --progress-interval.")
          .details(
              "FILE has the text format that the textfile collector of the node exporter reads. It is"
                  + " replaced in one step, also when the run ends, and must be a regular file.");

  public final Option<String> report =
      option("--report")
          .value("FILE", Values.Text.NAME)
          .text("Write a page about the run to FILE when it ends, in HTML.")
          .details(
              "The page shows totals, throughput over time, failures by cause, the slowest objects and"
                  + " the settings. It is one file of less than 1 MB that needs nothing else, so you can"
                  + " attach it to a ticket. FILE is replaced in one step where its directory allows"
                  + " that.");

  public final Option<List<Boolean>> verbose =
      repeatedFlag("-v", "--verbose")
          .text("The same as '--log-level info'; given twice, as '--log-level debug'.");

  public final Option<Logging.Verbosity> logLevel =
      option("--log-level")
          .value("LEVEL", new Values.Word<>(Logging.Verbosity.class))
          .describeDefault("warn")
          .text("Messages on standard error: error, warn, info, debug or trace.")
          .details(
              "'info' prints the profile, the endpoint and other settings with their origin, and every"
                  + " retry.");

  public final Option<Boolean> stacktrace =
      flag("--stacktrace").text("Show where in the program an error came from.");

  public final Option<Boolean> allowEmpty =
      flag("--allow-empty").text("Exit 0 even if nothing matches.");

  public final Option<Boolean> help =
      flag(Option.Use.HELP, "-h", "--help").text("Show this help and exit.");

  public final Option<Boolean> version =
      flag(Option.Use.VERSION, "-V", "--version").text("Show the version and exit.");

  public Logging.Verbosity verbosity() {
    Logging.Verbosity level = logLevel.orNull();
    if (level != null) {
      return level;
    }
    long times = times(verbose);
    if (times == 0) {
      return detail() == OutputOptions.Detail.FAILURES
          ? Logging.Verbosity.ERROR
          : Logging.Verbosity.WARN;
    }
    return times == 1 ? Logging.Verbosity.INFO : Logging.Verbosity.DEBUG;
  }

  public OutputOptions.Detail detail() {
    long times = times(quiet);
    if (times == 0) {
      return OutputOptions.Detail.ALL;
    }
    return times == 1 ? OutputOptions.Detail.FAILURES_AND_SUMMARY : OutputOptions.Detail.FAILURES;
  }

  private static long times(Option<List<Boolean>> flag) {
    return flag.get().stream().filter(Boolean::booleanValue).count();
  }
}
