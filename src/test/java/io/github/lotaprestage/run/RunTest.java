package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.plan.OutputOptions;
import io.github.lotaprestage.plan.Plan;
import io.github.lotaprestage.plan.RetryPolicy;
import io.github.lotaprestage.plan.RunFiles;
import io.github.lotaprestage.plan.StoreOptions;
import io.github.lotaprestage.plan.target.Target;
import io.github.lotaprestage.report.Console;
import io.github.lotaprestage.report.ExitStatus;
import io.github.lotaprestage.report.file.ResultFiles;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /// The run that follows finds no server, and ends.
  private Run run(Path summary) {
    ProcessContext around =
        new ProcessContext(
            List.of("lota-prestage"),
            Map.of("AWS_ACCESS_KEY_ID", "a", "AWS_SECRET_ACCESS_KEY", "b"),
            InputStream.nullInputStream(),
            out,
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
            null,
            null,
            () -> Duration.ZERO,
            _ -> {});
    Plan plan =
        Plan.builder()
            .targets(List.of(new Target.Key("bucket", "key")))
            .store(StoreOptions.builder().endpointUrl("http://127.0.0.1:1").build())
            .retry(RetryPolicy.attempts(1))
            .output(OutputOptions.builder().format(OutputOptions.Format.JSON).build())
            .build();
    RunFiles files = RunFiles.builder().summary(summary).build();
    return new Run(
        plan, around, new Console(around.err(), false, false), new ResultFiles(files), _ -> {});
  }

  private static CompletableFuture<ExitStatus> started(Run run) {
    CompletableFuture<ExitStatus> ended = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            ended.complete(run.run());
          } catch (Exception e) {
            ended.completeExceptionally(e);
          }
        });
    return ended;
  }

  /// Else standard output and the files would tell different ends of one run.
  @Test
  void aRunThatIsCutOffWritesNoSecondEnd(@TempDir Path directory) throws Exception {
    Path summary = directory.resolve("summary.json");
    Run run = run(summary);
    assertThat(run.takeEnd()).isTrue();
    CompletableFuture<ExitStatus> ended = started(run);
    assertThat(run.cutOff(ExitStatus.SIGINT)).isEqualTo(ExitStatus.SIGINT);
    assertThat(ended.get()).isNull();
    assertThat(Files.readString(summary)).contains("\"exit_code\":130");
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("summary");
  }

  @Test
  void aRunThatHasEndedKeepsItsEnd(@TempDir Path directory) throws Exception {
    Path summary = directory.resolve("summary.json");
    Run run = run(summary);
    assertThat(started(run).get()).isEqualTo(ExitStatus.ERROR);
    assertThat(run.takeEnd()).isFalse();
    assertThat(out.toString(StandardCharsets.UTF_8)).endsWith(Files.readString(summary));
  }
}
