package io.github.lotaprestage.cli;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `--quiet` hides what went well; a second one hides the summary and warnings too.
@Timeout(60)
class QuietTest {

  @SuppressWarnings("NullAway.Init")
  private static LotaEmulator lota;

  @BeforeAll
  static void start() {
    MemoryOrigin origin =
        new MemoryOrigin().bucket("bucket").put("bucket", "good", 1).put("bucket", "bad", 1);
    lota =
        LotaEmulator.before(origin)
            .faults((request, _, key, _) ->
                request.method().equals("HEAD") && key.equals("bad")
                    ? Fault.status(403, "AccessDenied")
                    : Fault.NONE)
            .start();
  }

  @AfterAll
  static void stop() {
    lota.close();
  }

  private static Cli command() {
    return Cli.at(lota).env("LOTA_PRESTAGE_CONCURENCY", "5"); // a warning
  }

  @Test
  void onceShowsFailuresAndTheSummary() {
    command()
        .json("-q s3://bucket/")
        .exits(1)
        .objects(1)
        .objects(1)
        .errContains("warn: LOTA_PRESTAGE_CONCURENCY");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-qq", "-q -q", "--quiet --quiet", "-q --quiet=true"})
  void twiceShowsFailuresAndErrorsOnly(String quiet) {
    for (String format : List.of("json", "text")) {
      command()
          .run(quiet + " -o " + format + " s3://bucket/")
          .exits(1)
          .out(out -> out.contains("bad", "AccessDenied").hasLineCount(1))
          .says("1 of 2 objects");
    }
  }

  @Test
  void twiceIsSilentWhereNothingFails() {
    command().run("-qq s3://bucket/good").exits(0).noOutput().silent();
  }

  @Test
  void twiceStillLogsWhatIsAskedFor() {
    command().run("-qqv s3://bucket/good").errContains("info: endpoint");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--endpoint-url=http://127.0.0.1:1", "--profile=missing"})
  void twiceShowsWhyNothingCouldBeDone(String trouble) {
    Cli.at(lota).json("-qq", trouble, "s3://1.b/").exits(3).noOutput().says("lota-prestage: ");
  }

  @Test
  void theEnvironmentMeansOnce() {
    Cli command = command().env("LOTA_PRESTAGE_QUIET", "true");
    command.run("s3://bucket/good").out(out -> out.contains("1 prestaged").hasLineCount(3));
    command.run("--quiet=false s3://bucket/good").out(out -> out.startsWith("prestaged"));
  }
}
