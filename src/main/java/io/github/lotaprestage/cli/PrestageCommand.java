package io.github.lotaprestage.cli;

import io.github.lotaprestage.engine.RequestError;
import io.github.lotaprestage.engine.Tally;
import io.github.lotaprestage.journal.Bookkeeping;
import io.github.lotaprestage.journal.NotAJournalException;
import io.github.lotaprestage.plan.OutputOptions;
import io.github.lotaprestage.plan.Plan;
import io.github.lotaprestage.report.Advice;
import io.github.lotaprestage.report.Console;
import io.github.lotaprestage.report.Reporter;
import io.github.lotaprestage.report.RunReport;
import io.github.lotaprestage.s3.Endpoint;
import io.github.lotaprestage.s3.S3Store;
import io.github.lotaprestage.s3.StoreUnusableException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/// The command line of the program.
public final class PrestageCommand implements Callable<Integer> {

  private static final String NAME = "lota-prestage";

  private final TargetOptions what = new TargetOptions();
  private final FilterOptions which = new FilterOptions();
  private final RunOptions how = new RunOptions();
  private final ConnectionOptions where = new ConnectionOptions();
  private final DisplayOptions display = new DisplayOptions();

  private final Surroundings around;
  private final Console console;
  private final CommandLine commandLine;

  private PrestageCommand(Surroundings around, Console console) {
    this.around = around;
    this.console = console;
    ListFactory factory = new ListFactory();
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this, factory).name(NAME);
    Stream.of(what, which, how, where, display).forEach(group -> group.addTo(spec));
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .type(boolean.class)
            .usageHelp(true)
            .description("Show this help and exit.")
            .build());
    spec.addOption(
        OptionSpec.builder("-V", "--version")
            .type(boolean.class)
            .versionHelp(true)
            .description("Show the version and exit.")
            .build());
    spec.versionProvider(new Version());
    HelpText.in(spec.usageMessage());
    this.commandLine = new CommandLine(spec, factory);
  }

  /// Makes the lists of repeated options. picocli's own factory looks for Groovy in every jar
  /// first.
  private static final class ListFactory implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) {
      return type.cast(new ArrayList<>());
    }
  }

  /// Parses, runs, and returns the exit code.
  public static int run(String[] args, Surroundings around) {
    Console console = new Console(around.err(), around.errIsTerminal(), around.outIsTerminal());
    PrestageCommand command = new PrestageCommand(around, console);
    return command
        .commandLine
        .setDefaultValueProvider(new EnvironmentDefaults(around.env()))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(around.wantsColour() ? Ansi.ON : Ansi.OFF))
        .setOut(new PrintWriter(new OutputStreamWriter(around.out(), StandardCharsets.UTF_8), true))
        .setErr(new PrintWriter(around.err(), true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler((e, _) -> command.badUsage(e))
        .setExecutionExceptionHandler((e, _, _) -> command.broken(e))
        .execute(args);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    EnvironmentDefaults defaults = new EnvironmentDefaults(around.env());
    defaults.applyFlags(commandLine);
    UsageErrors.requireNoEmptyFlag(commandLine);
    Logging.start(display.verbosity(), console::message);
    defaults
        .warnings(commandLine)
        .forEach(warning -> console.message("lota-prestage: warn: " + warning));
    Plan plan = new Plans(commandLine).plan(what, which, how, where, display);
    try (S3Store store = S3Store.open(plan, around.env());
        Bookkeeping books = Bookkeeping.open(plan.files(), plan.dryRun(), store.endpoint().url())) {
      return new Staging(plan, store, around, console).run(books).code();
    } catch (NotAJournalException e) {
      throw new ParameterException(commandLine, e.getMessage(), e);
    } catch (Endpoint.InvalidEndpointException e) {
      throw new ParameterException(commandLine, e.getMessage(), e);
    } catch (StoreUnusableException e) {
      return unusable(plan, e.error(), e);
    } catch (Bookkeeping.UnusableFileException e) {
      return unusable(plan, e.error(), e);
    }
  }

  private int badUsage(ParameterException e) {
    console.message("lota-prestage: " + UsageErrors.message(e) + " (see lota-prestage --help)");
    trace(e);
    return ExitStatus.USAGE.code();
  }

  /// Nothing was sent, but whoever reads the JSON still gets a summary.
  private int unusable(Plan plan, RequestError error, Exception e) throws IOException {
    console.message("lota-prestage: " + error.message() + Advice.suffix(error));
    trace(e);
    ExitStatus status = ExitStatus.ERROR;
    if (plan.output().format() == OutputOptions.Format.JSON) {
      Reporter.writeSummary(
          around.out(),
          new RunReport(
              new Tally().summary(0, Duration.ZERO),
              status.word(),
              status.code(),
              false,
              null,
              error));
    }
    return status.code();
  }

  private int broken(Exception e) {
    console.message(
        "lota-prestage: internal error: " + e + "; --stacktrace shows where, please report it");
    trace(e);
    return ExitStatus.ERROR.code();
  }

  private void trace(Exception e) {
    if (display.stacktrace.get()) {
      StackTraces.print(e, around.err());
    }
  }
}
