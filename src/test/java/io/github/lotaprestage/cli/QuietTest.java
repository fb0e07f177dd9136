package io.github.lotaprestage.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
    return Cli.at(lota.endpoint()).env("LOTA_PRESTAGE_CONCURENCY", "5"); // a warning
  }

  @Test
  void onceShowsFailuresAndTheSummary() {
    Cli.Result result = command().run("-q", "-o", "json", "s3://bucket/");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.objects()).hasSize(1);
    assertThat(result.json()).hasSize(2);
    assertThat(result.err()).contains("warn: LOTA_PRESTAGE_CONCURENCY");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-qq", "-q -q", "--quiet --quiet", "-q --quiet=true"})
  void twiceShowsFailuresAndErrorsOnly(String quiet) {
    for (String format : List.of("json", "text")) {
      Cli.Result result = command().run((quiet + " -o " + format + " s3://bucket/").split(" "));
      assertThat(result.code()).isEqualTo(1);
      assertThat(result.out()).contains("bad", "AccessDenied").hasLineCount(1);
      assertThat(result.err()).contains("1 of 2 objects").hasLineCount(1);
    }
  }

  @Test
  void twiceIsSilentWhereNothingFails() {
    Cli.Result result = command().run("-qq", "s3://bucket/good");
    assertThat(result.code()).isZero();
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).isEmpty();
  }

  @Test
  void twiceStillLogsWhatIsAskedFor() {
    assertThat(command().run("-qqv", "s3://bucket/good").err()).contains("info: endpoint");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--endpoint-url=http://127.0.0.1:1", "--profile=missing"})
  void twiceShowsWhyNothingCouldBeDone(String trouble) {
    Cli.Result result = Cli.at(lota.endpoint()).run("-qq", "-o", "json", trouble, "s3://1.b/");
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("lota-prestage: ").hasLineCount(1);
  }

  @Test
  void theEnvironmentMeansOnce() {
    Cli command = command().env("LOTA_PRESTAGE_QUIET", "true");
    assertThat(command.run("s3://bucket/good").out()).contains("1 prestaged").hasLineCount(3);
    assertThat(command.run("--quiet=false", "s3://bucket/good").out()).startsWith("prestaged");
  }
}
