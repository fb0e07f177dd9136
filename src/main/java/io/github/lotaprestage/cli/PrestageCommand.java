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
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command line of the program.
@Command(
    name = "lota-prestage",
    versionProvider = Version.class,
    sortOptions = false,
    sortSynopsis = false,
    abbreviateSynopsis = true,
    usageHelpWidth = 100,
    headerHeading = "",
    header = "Stages objects into CoreWeave's LOTA cache before GPUs need them.",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nWhat to stage:%n",
    footerHeading = "%n",
    footer = {
      "Every option has a default in the environment: --files-from in LOTA_PRESTAGE_FILES_FROM.",
      "",
      "Exit codes: 0 all staged, 1 some objects failed, 2 bad usage, 3 could not run,",
      "4 nothing matched, 5 stopped at --max-duration, 130/143 interrupted by SIGINT/SIGTERM,",
      "141 standard output was closed.",
      "",
      "Examples:",
      "  lota-prestage s3://models/llama/weights.safetensors   one object",
      "  lota-prestage s3://data/imagenet/                     all below a prefix",
      "  lota-prestage 's3://data/imagenet/*.tar'              a wildcard",
      "  lota-prestage -o json s3://data/imagenet/ | jq .      results for other tools",
      "  lota-prestage -n s3://data/imagenet/                  what would be staged",
    })
public final class PrestageCommand implements Callable<Integer> {

  @Mixin private TargetOptions what = new TargetOptions();
  @Mixin private FilterOptions which = new FilterOptions();
  @Mixin private RunOptions how = new RunOptions();
  @Mixin private ConnectionOptions where = new ConnectionOptions();
  @Mixin private DisplayOptions display = new DisplayOptions();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version and exit.")
  boolean version;

  @Spec private CommandSpec spec;

  private final Surroundings around;
  private final Console console;

  private PrestageCommand(Surroundings around, Console console) {
    this.around = around;
    this.console = console;
    this.spec = CommandSpec.create();
  }

  /// Parses, runs, and returns the exit code.
  public static int run(String[] args, Surroundings around) {
    Console console = new Console(around.err(), around.errIsTerminal(), around.outIsTerminal());
    PrestageCommand command = new PrestageCommand(around, console);
    CommandLine commandLine =
        new CommandLine(command)
            .setDefaultValueProvider(new EnvironmentDefaults(around.env()))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setColorScheme(
                CommandLine.Help.defaultColorScheme(around.wantsColour() ? Ansi.ON : Ansi.OFF))
            .setOut(
                new PrintWriter(new OutputStreamWriter(around.out(), StandardCharsets.UTF_8), true))
            .setErr(new PrintWriter(around.err(), true, StandardCharsets.UTF_8))
            .setParameterExceptionHandler((e, _) -> command.badUsage(e))
            .setExecutionExceptionHandler((e, _, _) -> command.broken(e));
    return commandLine.execute(args);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    new EnvironmentDefaults(around.env()).applyFlags(spec.commandLine());
    Logging.start(display.verbosity(), console::message);
    Plan plan = new Plans(spec.commandLine()).plan(what, which, how, where, display);
    try (S3Store store = S3Store.open(plan, around.env());
        Bookkeeping books = Bookkeeping.open(plan.files(), plan.dryRun())) {
      return new Staging(plan, store, around, console).run(books).code();
    } catch (NotAJournalException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    } catch (Endpoint.InvalidEndpointException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    } catch (StoreUnusableException e) {
      return unusable(plan, e.error(), e);
    } catch (Bookkeeping.UnusableFileException e) {
      return unusable(plan, e.error(), e);
    }
  }

  private int badUsage(ParameterException e) {
    console.message("lota-prestage: " + e.getMessage() + " (see lota-prestage --help)");
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
    if (display.stacktrace) {
      StackTraces.print(e, around.err());
    }
  }
}
