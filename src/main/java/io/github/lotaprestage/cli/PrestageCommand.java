package io.github.lotaprestage.cli;

import io.github.lotaprestage.cli.options.EnvironmentDefaults;
import io.github.lotaprestage.cli.options.Options;
import io.github.lotaprestage.cli.options.ShownSettings;
import io.github.lotaprestage.doctor.Doctor;
import io.github.lotaprestage.log.Logging;
import io.github.lotaprestage.log.StackTraces;
import io.github.lotaprestage.merge.SummaryMerge;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.plan.OutputOptions;
import io.github.lotaprestage.plan.Plan;
import io.github.lotaprestage.plan.RunFiles;
import io.github.lotaprestage.plan.UsageException;
import io.github.lotaprestage.report.Console;
import io.github.lotaprestage.report.ExitStatus;
import io.github.lotaprestage.report.file.ResultFiles;
import io.github.lotaprestage.run.FileReading;
import io.github.lotaprestage.run.ProcessContext;
import io.github.lotaprestage.run.Run;
import io.github.lotaprestage.run.Watchdog;
import io.github.lotaprestage.run.WatchedOutput;
import io.github.lotaprestage.run.end.EarlyEnd;
import io.github.lotaprestage.run.end.FinalReport;
import io.github.lotaprestage.run.end.OutputLoss;
import io.github.lotaprestage.run.end.RunFault;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// The command line of the program.
public final class PrestageCommand implements Callable<Integer> {

  private static final Logger log = LoggerFactory.getLogger(PrestageCommand.class);
  private static final String NAME = "lota-prestage";

  /// Requests in flight above which others measured problems.
  private static final int MUCH = 500;

  private final Options options = new Options();
  private final ProcessContext around;
  private final Console console;
  private final CommandLine commandLine;
  private ResultFiles results = new ResultFiles(RunFiles.builder().build());

  private PrestageCommand(ProcessContext around, Console console) {
    this.around = around;
    this.console = console;
    ListFactory factory = new ListFactory();
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this, factory).name(NAME);
    options.sets().forEach(set -> set.addTo(spec));
    spec.versionProvider(new Version());
    this.commandLine = new CommandLine(spec, factory);
  }

  /// Creates the lists of repeated options. picocli's own factory first searches every jar for
  /// Groovy.
  private static final class ListFactory implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) {
      return type.cast(new ArrayList<>());
    }
  }

  /// Refuses a command line that cannot be parsed at all.
  ///
  /// @param arguments as far as they can be read
  public static int refuse(String problem, String[] arguments, ProcessContext around) {
    Console console = new Console(around.err(), around.errIsTerminal(), around.outIsTerminal());
    if (WantedFormat.isJson(arguments, around.env())) {
      console.useJson();
    }
    console.message(problem);
    return ExitStatus.USAGE.code();
  }

  /// Parses, runs, and returns the exit code.
  public static int run(String[] args, ProcessContext around) {
    Console console = new Console(around.err(), around.errIsTerminal(), around.outIsTerminal());
    PrestageCommand command = new PrestageCommand(around, console);
    WatchedOutput help = new WatchedOutput(around.out());
    command
        .commandLine
        .setExpandAtFiles(false) // a key may start with @,
        .setInterpolateVariables(false) // contain ${...},
        .setAllowOptionsAsOptionParameters(true) // and look like an option
        .setDefaultValueProvider(new EnvironmentDefaults(around.env()))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(around.wantsColour() ? Ansi.ON : Ansi.OFF))
        .setOut(new PrintWriter(new OutputStreamWriter(help, StandardCharsets.UTF_8), true))
        .setErr(new PrintWriter(around.err(), true, StandardCharsets.UTF_8))
        .setExecutionStrategy(command::execute)
        .setParameterExceptionHandler((e, given) -> command.badUsage(e, given))
        .setExecutionExceptionHandler((e, _, _) -> command.broken(e));
    try {
      int code = command.commandLine.execute(args);
      IOException lost = help.failure();
      return lost == null ? code : OutputLoss.status(lost, console).code();
    } catch (Error e) { // picocli passes these on
      return command.broken(e);
    }
  }

  /// Called before picocli prints the help or the version.
  private int execute(CommandLine.ParseResult parsed) {
    if (options.display().format.orNull() == OutputOptions.Format.JSON) {
      console.useJson();
    }
    UsageErrors.requireValues(commandLine);
    UsageErrors.requireFlagValues(commandLine);
    if (parsed.isUsageHelpRequested()) {
      boolean brief = parsed.originalArgs().stream().noneMatch("--help"::equals);
      HelpText.in(commandLine, options, brief, TerminalWidth.of(around));
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  @Override
  public Integer call() throws Exception {
    EnvironmentDefaults defaults = new EnvironmentDefaults(around.env());
    defaults.applyFlags(commandLine);
    Logging.start(options.display().verbosity(), console::log);
    if (options.display().verbosity() == Logging.Verbosity.ERROR) {
      console.showErrorsOnly();
    }
    defaults.warnings(commandLine).forEach(log::warn);
    PlanFactory factory = new PlanFactory(commandLine, around.env());
    RunFiles files = factory.files(options);
    results = new ResultFiles(files);
    OutputOptions output = PlanFactory.output(options.display());
    EarlyEnd early = new EarlyEnd(output, around.out(), results, console);
    Watchdog watchdog =
        new Watchdog(PlanFactory.limits(options.staging(), options.limits()), around);
    List<String> summaries = factory.summaries(options);
    if (!summaries.isEmpty()) {
      SummaryMerge merge =
          new SummaryMerge(
              summaries, options.display().allowEmpty.get(), output, results, around, console);
      return watchdog
          .watch(
              new FileReading(merge, () -> "--merge-summaries " + merge.reading(), early, results))
          .code();
    }
    boolean doctor = options.connection().doctor.get();
    String bounds = options.filters().shardBounds.orNull();
    AtomicReference<@Nullable Plan> made = new AtomicReference<>();
    if (bounds == null || doctor) {
      made.set(factory.plan(options, files));
    } else {
      FileReading reading =
          new FileReading(
              () -> {
                made.set(factory.plan(options, files));
                return () -> ExitStatus.OK;
              },
              () -> "--shard-bounds " + bounds,
              early,
              results);
      ExitStatus ended = watchdog.watch(reading);
      if (ended != ExitStatus.OK) {
        return ended.code();
      }
    }
    Plan plan = Objects.requireNonNull(made.get());
    results.describe(
        () -> new Version().getVersion()[0],
        () -> ShownSettings.of(commandLine, options, defaults));
    if (plan.limits().concurrency() > MUCH) {
      log.warn(
          "--concurrency {}: with ranged reads, others measured half the throughput of a node at 500"
              + " requests in flight, and at 800 its agent stopped answering",
          plan.limits().concurrency());
    }
    log.info(
        "concurrency {} (from {}), LIST concurrency {} (from {}), heap up to {} MiB",
        plan.limits().concurrency(),
        defaults.origin(commandLine, "--concurrency"),
        plan.limits().listConcurrency(),
        defaults.origin(commandLine, "--list-concurrency"),
        Runtime.getRuntime().maxMemory() >> 20);
    if (doctor) {
      return new Doctor(plan, around, console, name -> defaults.origin(commandLine, name))
          .run()
          .code();
    }
    try {
      return watchdog.watch(new Run(plan, around, console, results, this::trace)).code();
    } catch (UsageException e) {
      throw new ParameterException(commandLine, e.getMessage(), e);
    }
  }

  private int badUsage(ParameterException e, String[] given) {
    if (WantedFormat.isJson(given, around.env())) {
      console.useJson();
    }
    String message = UsageErrors.message(e);
    console.message(message + " (see lota-prestage --help)");
    if (given.length == 0) {
      console.help(HelpText.FIRST_STEPS + "\n");
    }
    trace(e);
    Failure error = Failure.local(Failure.Kind.INVALID, "BadUsage", message);
    results
        .write(RunFault.report(ExitStatus.USAGE, error), false)
        .ifPresent(unwritten -> console.message(unwritten.message()));
    return ExitStatus.USAGE.code();
  }

  /// A bug before the run began, or one that prevented a normal end.
  private int broken(Throwable e) {
    RunFault fault = RunFault.of(e);
    console.message(fault.text());
    trace(e);
    boolean summary =
        options.display().format.orNull() == OutputOptions.Format.JSON
            && options.display().detail() != OutputOptions.Detail.FAILURES;
    return new FinalReport(results, console)
        .write(
            ExitStatus.ERROR,
            RunFault.report(ExitStatus.ERROR, fault.error()),
            null,
            FinalReport.Output.json(around.out(), console, summary))
        .code();
  }

  private void trace(Throwable e) {
    if (options.display().stacktrace.get()) {
      console.stackTrace(StackTraces.of(e));
    }
  }
}
