package io.github.lotaprestage.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.cli.values.Durations;
import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The scripts beside the manifests, with stand-ins for the programs that they call.
@Timeout(60)
class ScriptsTest {

  private static final Path WAIT = Path.of("docs/kubernetes/wait-for-job");
  private static final Path SLURM = Path.of("docs/slurm/prestage.sbatch");

  @TempDir private Path directory;

  private record Ended(int code, String output, long pid) {}

  private void program(String name, String text) throws IOException {
    Path file = Files.writeString(directory.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /// Runs a script that finds the stand-ins first, and keeps both of its streams.
  private Ended run(ProcessBuilder builder) throws IOException, InterruptedException {
    builder.environment().merge("PATH", directory + ":", (path, own) -> own + path);
    Path output = directory.resolve("output");
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return new Ended(process.exitValue(), Files.readString(output), process.pid());
    } finally {
      process.destroyForcibly();
    }
  }

  private Ended waitFor(String job, String conditions) throws IOException, InterruptedException {
    program(
        "kubectl", // answers the first two questions with nothing
        """
        #!/bin/sh
        case "$*" in
          "-n team get job my-job "*)
            echo asked >> "$0.log"
            [ "$(wc -l < "$0.log")" -le 2 ] || echo "%s "
            ;;
          "-n team get pods -l job-name=my-job "*) echo 'my-job-x: {"exit_code":2}' ;;
          *) echo "unknown: $*" >&2; exit 1 ;;
        esac
        """
            .formatted(conditions));
    ProcessBuilder builder = new ProcessBuilder(WAIT.toString(), job, "-n", "team");
    builder.environment().put("INTERVAL", "0");
    return run(builder);
  }

  @Test
  void waitingEndsWhenTheJobIsComplete() throws Exception {
    Ended ended = waitFor("job/my-job", "SuccessCriteriaMet Complete");
    assertThat(ended.code()).isZero();
    assertThat(ended.output()).isEqualTo("my-job: complete\n");
    assertThat(directory.resolve("kubectl.log")).content().hasLineCount(3);
  }

  @Test
  void waitingEndsWhenTheJobHasFailed() throws Exception {
    Ended ended = waitFor("my-job", "FailureTarget Failed");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.output()).contains("my-job: failed", "my-job-x: {\"exit_code\":2}");
    assertThat(directory.resolve("kubectl.log")).content().hasLineCount(3);
  }

  @Test
  void waitingForAJobThatDoesNotExistFails() throws Exception {
    Ended ended = waitFor("another", "Complete");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.output())
        .contains("unknown: -n team get job another")
        .doesNotContain("complete");
  }

  /// The value of a directive of the batch script.
  private static String directive(String name) throws IOException {
    return Pattern.compile("(?m)^#SBATCH --" + name + "=(.*)$")
        .matcher(Files.readString(SLURM))
        .results()
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow();
  }

  /// The arguments that the batch script gives to the program in a task of its array.
  private List<String> slurmArguments(int id, int first, int count) throws Exception {
    program("lota-prestage", "#!/bin/sh\nprintf '%s\\n' $$ \"$@\"\nexit 5\n");
    ProcessBuilder builder = new ProcessBuilder("bash", SLURM.toString());
    builder.environment().put("SLURM_ARRAY_JOB_ID", "4711");
    builder.environment().put("SLURM_ARRAY_TASK_ID", String.valueOf(id));
    builder.environment().put("SLURM_ARRAY_TASK_MIN", String.valueOf(first));
    builder.environment().put("SLURM_ARRAY_TASK_COUNT", String.valueOf(count));
    Ended ended = run(builder);
    assertThat(ended.code()).as("exit code of the program").isEqualTo(5);
    List<String> lines = ended.output().lines().toList();
    assertThat(lines.getFirst()).as("gets signals").isEqualTo(String.valueOf(ended.pid()));
    return lines.subList(1, lines.size());
  }

  @Test
  void theTasksOfTheArrayStageEachKeyOnce() throws Exception {
    MemoryOrigin origin = new MemoryOrigin();
    for (int i = 0; i < 50; i++) {
      origin.put("bucket", "datasets/imagenet/%02d.tar".formatted(i), 1);
    }
    MatchResult array =
        Pattern.compile("(\\d+)-(\\d+)")
            .matcher(directive("array"))
            .results()
            .findFirst()
            .orElseThrow();
    int first = Integer.parseInt(array.group(1));
    int last = Integer.parseInt(array.group(2));
    List<Path> summaries = new ArrayList<>();
    try (LotaEmulator lota = LotaEmulator.before(origin).start()) {
      for (int id = first; id <= last; id++) {
        Cli.at(lota)
            .env("SLURM_PROCID", "0")
            .env("SLURM_NTASKS", directive("ntasks"))
            .env("SLURM_ARRAY_TASK_ID", String.valueOf(id))
            .env("SLURM_ARRAY_TASK_MIN", String.valueOf(first))
            .env("SLURM_ARRAY_TASK_COUNT", String.valueOf(last - first + 1))
            .run(
                slurmArguments(id, first, last - first + 1).stream()
                    .map(arg ->
                        arg.replace("my-bucket", "bucket")
                            .replace("--summary-file=", "--summary-file=" + directory + "/"))
                    .toList())
            .exits(0);
        summaries.add(directory.resolve("prestage-4711_" + id + ".json"));
      }
      Cli.bare().run("--merge-summaries", summaries.toArray()).exits(0);
      assertThat(lota.seen().successes()).hasSize(50);
      assertThat(lota.seen().rangedHeads()).isEqualTo(50);
    }
  }

  @Test
  void theProgramEndsBeforeTheTimeLimitOfSlurm() throws Exception {
    String longest =
        slurmArguments(0, 0, 4).stream()
            .filter(arg -> arg.startsWith("--max-duration="))
            .findFirst()
            .orElseThrow();
    assertThat(Duration.between(LocalTime.MIDNIGHT, LocalTime.parse(directive("time"))))
        .isGreaterThan(
            new Durations().convert(longest.replaceFirst(".*=", "")).plus(Duration.ofMinutes(1)));
    assertThat(directive("mem")).isEqualTo("256M");
  }
}
