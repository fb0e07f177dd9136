package io.github.lotaprestage.cli;

import io.github.lotaprestage.cli.values.Durations;
import io.github.lotaprestage.log.Logging;
import io.github.lotaprestage.plan.OutputOptions;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/// What to print.
final class DisplayOptions extends OptionSet {

  final Value<OutputOptions.Format> format =
      choice(
          OutputOptions.Format.class,
          OptionSpec.builder("-o", "--output")
              .paramLabel("FORMAT")
              .defaultValue("text")
              .description(
                  "Format of results: text, or json with one object a line (default:"
                      + " ${DEFAULT-VALUE})."));

  final Value<List<Boolean>> quiet =
      repeatedFlag(
          OptionSpec.builder("-q", "--quiet")
              .description(
                  "Print failures and the summary only; given twice, failures and errors only."));

  final Value<OutputOptions.Progress> progress =
      choice(
          OutputOptions.Progress.class,
          OptionSpec.builder("--progress")
              .paramLabel("WHEN")
              .defaultValue("auto")
              .description(
                  "When to show progress: auto, always (even with --quiet) or never"
                      + " (default: ${DEFAULT-VALUE})."));

  final Value<Duration> progressInterval =
      option(
          Duration.class,
          OptionSpec.builder("--progress-interval")
              .paramLabel("TIME")
              .defaultValue("30s")
              .converters(new Durations())
              .description(
                  "Time between progress lines if standard error is not a terminal (default:"
                      + " ${DEFAULT-VALUE})."));

  final Value<Boolean> verbose =
      flag(OptionSpec.builder("-v", "--verbose").description("The same as --log-level info."));

  final Value<Logging.Verbosity> logLevel =
      choice(
          Logging.Verbosity.class,
          OptionSpec.builder("--log-level")
              .paramLabel("LEVEL")
              .description(
                  "Messages on standard error: error, warn, info, debug or trace (default:"
                      + " warn)."));

  final Value<Boolean> stacktrace =
      flag(
          OptionSpec.builder("--stacktrace")
              .description("Show where in the program an error came from."));

  final Value<Boolean> allowEmpty =
      flag(OptionSpec.builder("--allow-empty").description("Exit 0 even if nothing matches."));

  Logging.Verbosity verbosity() {
    Logging.Verbosity level = logLevel.orNull();
    if (level != null) {
      return level;
    }
    if (detail() == OutputOptions.Detail.FAILURES && !verbose.get()) {
      return Logging.Verbosity.ERROR;
    }
    return verbose.get() ? Logging.Verbosity.INFO : Logging.Verbosity.WARN;
  }

  OutputOptions.Detail detail() {
    long times = quiet.get().stream().filter(Boolean::booleanValue).count();
    if (times == 0) {
      return OutputOptions.Detail.ALL;
    }
    return times == 1 ? OutputOptions.Detail.FAILURES_AND_SUMMARY : OutputOptions.Detail.FAILURES;
  }
}
