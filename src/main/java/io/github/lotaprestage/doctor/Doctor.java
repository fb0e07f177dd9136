package io.github.lotaprestage.doctor;

import io.github.lotaprestage.plan.OutputOptions.Detail;
import io.github.lotaprestage.plan.Plan;
import io.github.lotaprestage.report.Console;
import io.github.lotaprestage.report.ExitStatus;
import io.github.lotaprestage.report.Finding;
import io.github.lotaprestage.report.ResultWriter;
import io.github.lotaprestage.run.ProcessContext;
import io.github.lotaprestage.run.end.OutputLoss;
import io.github.lotaprestage.s3.probe.SetUp;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Checks the set-up of a run, one line for each check, and sends no request that stages anything.
///
/// It ends within [#TOTAL], whatever hangs.
public final class Doctor {

  /// With the start of the process, that is less than 15 seconds.
  private static final Duration TOTAL = Duration.ofSeconds(12);

  static final String CREDENTIALS = "credentials";

  private static final Duration FOR_CREDENTIALS = Duration.ofSeconds(6);

  private final Plan plan;
  private final ProcessContext around;
  private final Console console;
  private final ResultWriter results;
  private final UnaryOperator<String> origins;

  /// @param origins for an option of the connection: the option itself, or the variable that sets
  ///   it
  public Doctor(Plan plan, ProcessContext around, Console console, UnaryOperator<String> origins) {
    this.plan = plan;
    this.around = around;
    this.console = console;
    this.origins = origins;
    this.results = ResultWriter.of(plan.output().format(), around.out(), console, around.style());
  }

  /// Makes all checks and writes their lines.
  ///
  /// @return [ExitStatus#OK] if a run can work, [ExitStatus#USAGE] if its configuration is bad,
  ///   [ExitStatus#ERROR] if it cannot work for another reason
  public ExitStatus run() throws InterruptedException {
    SetUp setUp = new SetUp(plan, around.env(), origins);
    Subjects subjects = new Subjects(plan);
    try (CredentialsCheck credentials = new CredentialsCheck(setUp);
        NetworkChecks network = new NetworkChecks(setUp, subjects)) {
      RightsChecks rights = new RightsChecks(setUp, network, subjects);
      return write(
          Stream.of(
                  new SettingsChecks(setUp, around.env(), credentials::begin).all(),
                  new MachineChecks(plan.limits().concurrency(), Runtime.getRuntime().maxMemory())
                      .all(),
                  new ListChecks(setUp, plan.keyLists(), subjects).all(),
                  network.all(),
                  List.of(
                      Check.other(
                          CREDENTIALS,
                          FOR_CREDENTIALS,
                          credentials::make,
                          SettingsChecks.CONFIGURATION)),
                  new ServiceChecks(setUp, network, rights).all(),
                  rights.all())
              .flatMap(List::stream)
              .toList());
    } catch (IOException e) {
      return OutputLoss.status(e, console);
    }
  }

  private ExitStatus write(List<Check> checks) throws IOException, InterruptedException {
    Examination examination = new Examination(System.nanoTime() + TOTAL.toNanos());
    ExitStatus status = ExitStatus.OK;
    for (Check check : checks) {
      Finding finding = examination.make(check);
      if (finding.status() == Finding.Status.FAIL && status != ExitStatus.USAGE) {
        status = check.ifFailed();
      }
      if (isWanted(finding)) {
        results.check(finding);
        results.flush();
      }
    }
    return status;
  }

  private boolean isWanted(Finding finding) {
    Detail detail = plan.output().detail();
    return switch (finding.status()) {
      case OK -> detail == Detail.ALL;
      case WARN -> detail != Detail.FAILURES;
      case FAIL -> true;
    };
  }
}
