package io.github.lotaprestage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.report.format.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class UsageTest {

  static Stream<Arguments> badUsage() {
    return Stream.of(
        bad("unknown option '--frobnicate' (", "--frobnicate s3://bucket/"),
        bad("unknown option '--concurency'; did you mean --concurrency?", "--concurency 5"),
        bad("did you mean --dry-run?", "--dryrun s3://bucket/"),
        bad("unknown option '--transfers'; use --concurrency (", "--transfers 4 s3://bucket/"),
        bad("unknown option '--retries'; use --max-attempts (", "--retries=4 s3://bucket/"),
        bad("unknown option '-j'; use --concurrency (", "-j 4 s3://bucket/"),
        bad("'--recursive'; s3://BUCKET/PREFIX/ stages everything below", "--recursive s3://b/"),
        bad("or 7d, not '20'; write 20s for seconds", "--max-duration 20 s3://b/"),
        bad("or 7d, not '20'; write 20s for seconds", "--attempt-timeout 20 s3://b/"),
        bad("target 'cp' is not needed: this program has no subcommands", "cp s3://bucket/k"),
        bad("target 'help' is not a target; write it as --help", "help"),
        bad("target 'version' is not a target; write it as --version", "version"),
        bad("target '–-quiet' begins with a dash that is not a hyphen", "s3://bucket/k –-quiet"),
        bad("write it as --quiet (see", "s3://bucket/k —quiet"),
        bad("target 'gs://b/k' is not in S3; only s3:// objects can be staged", "gs://b/k"),
        bad("only the current one can be staged; write it as s3://b/k", "s3://b/k?versionId=3HL4"),
        bad("--include must be a glob for keys below the TARGET", "--include s3://bucket/k/"),
        bad("did you mean --grace?", "--grcae 5s s3://bucket/"),
        bad("did you mean --failed-to?", "--fail-to=x s3://bucket/"),
        bad("did you mean --endpoint-url?", "--endpoint http://x s3://bucket/"),
        bad("--journal needs a value: FILE", "s3://bucket/ --journal"),
        bad(
            "--journal needs a value: FILE; if it is --dry-run, write --journal=--dry-run (",
            "--journal --dry-run s3://bucket/"),
        bad("--journal needs a value: FILE", "-n --journal -q s3://bucket/"),
        bad("--bucket needs a value", "-nb --key=k -k x"),
        bad("--summary-file needs a value", "--summary-file -nv s3://bucket/"),
        bad("--failed-to needs a value", "--failed-to -qq s3://bucket/"),
        bad("--key needs a value", "-b bucket --key -ojson"),
        bad("--key needs a value", "-b bucket -k -c5"),
        bad("must begin with http:// or", "--endpoint-url http:/cwlota.com s3://bucket/"),
        bad("--failed-to needs a value", "--failed-to --journal=x s3://bucket/"),
        bad("--concurrency may be given only once", "-c 1 -c 2 s3://bucket/"),
        bad("--rate must be a number", "--rate NaN s3://bucket/"),
        bad("--rate must be a number", "--rate 1f s3://bucket/"),
        bad("--dry-run must be true or false", "--dry-run=maybe s3://bucket/"),
        bad("--progress must be auto, always or never", "--progress on s3://bucket/"),
        bad("nothing to stage", "--dry-run"),
        bad("--key needs --bucket", "--key k"),
        bad("--prefix needs --bucket", "--prefix p"),
        bad(
            "--min-size must be a size, such as 512k, 16MiB or 1GB, not 'big'",
            "--min-size big s3://bucket/"),
        bad(
            "--newer-than must be an age, such as 7d or 36h, or an ISO-8601 date",
            "--newer-than yesterday s3://bucket/"),
        bad("--progress-interval must be a duration", "--progress-interval often s3://bucket/"),
        bad(
            "--progress-interval must be a duration greater than zero, such as 30s, 1h30m or 7d, not",
            "--progress-interval 0s s3://bucket/"),
        bad("--min-size is larger", "--min-size 2 --max-size 1 s3://bucket/"),
        bad("--newer-than is not before", "--newer-than 1d --older-than 2d s3://bucket/"),
        bad("--concurrency must be a whole number from 1 to 100000, not '0'", "-c 0 s3://bucket/"),
        bad("--concurrency must be a whole number", "-c many s3://bucket/"),
        bad("--concurrency must be a whole number from 1", "-c 99999999999 s3://bucket/"),
        bad("--rate must be", "--rate -1 s3://bucket/"),
        bad("--attempt-timeout must be auto or a duration", "--attempt-timeout soon s3://bucket/"),
        bad(
            "--attempt-timeout must be auto or a duration greater than zero, such as",
            "--attempt-timeout 0s s3://bucket/"),
        bad(
            "--max-duration must be a duration greater than zero, such as",
            "--max-duration 0s s3://bucket/"),
        bad(
            "--list-concurrency must be a whole number from 1 to 1000",
            "--list-concurrency 0 s3://bucket/"),
        bad("--max-attempts must be a whole number from 1", "--max-attempts 0 s3://bucket/"),
        bad("host name", "s3://Bad_Bucket/k"),
        bad("host name", "-b bad_bucket"),
        bad("3 to 63", "s3://ab/k"),
        bad("names no bucket", "s3:///k"),
        bad("write it as s3://bucket/k", "bucket/k"),
        bad("wildcard in the bucket", "s3://b*/k"),
        bad("does not go with TARGETs", "-b bucket s3://other-bucket/x"),
        bad("--files-from /no/such/file does not exist", "--files-from /no/such/file"),
        bad("--journal / is a directory", "--journal / s3://bucket/"),
        bad("--failed-to / is a directory", "--failed-to / s3://bucket/"),
        bad("--failed-to new/ is a directory", "--failed-to new/ s3://bucket/"),
        bad("--files-from / is a directory", "--files-from /"),
        bad("--journal must name a file, not '-'", "--journal - s3://bucket/"),
        bad("--failed-to must name a file, not '-'", "--failed-to=- s3://bucket/"),
        bad("use /dev/stdout with -o text", "-ojson --failed-to=/dev/stdout s3://bucket/"),
        bad("standard output, which is JSON", "-ojson --journal=/dev/fd/1 s3://bucket/"),
        bad("; use http://cwlota.com (", "--endpoint-url=https://cwlota.com:443 s3://bucket/"),
        bad("standard input can be read only once", "--files-from - --files-from0 -"),
        bad("at most 1024 bytes", "s3://bucket/" + "k".repeat(1025)),
        bad("needs a scheme: put http://", "--endpoint-url cwlota.com s3://bucket/"),
        bad("needs a scheme: put http://", "--endpoint-url 127.0.0.1:99 s3://bucket/"),
        bad("is not a valid URL", "--endpoint-url http://a^b s3://bucket/"),
        bad("must begin with http:// or https://", "--endpoint-url ftp://a s3://bucket/"),
        bad("fills no cache", "--endpoint-url https://cwobject.com s3://bucket/"),
        bad("has a dot", "--endpoint-url https://store.example s3://a.bucket/"),
        bad("LOTA rejects path-style requests (from --path-style)", "--path-style s3://bucket/k"),
        bad("--order must be listed or largest-first, not 'x'", "--order x s3://bucket/"),
        bad("--output must be text or json", "-o yaml s3://bucket/"));
  }

  private static Arguments bad(String expected, String line) {
    return Arguments.of(expected, line);
  }

  @ParameterizedTest
  @MethodSource
  void badUsage(String expected, String line) {
    Cli.bare().run(line).exits(2).says(expected).noOutput();
  }

  @Test
  void noCredentialsIsOneLineAndASummary() {
    Cli.bare()
        .json("s3://bucket/")
        .exits(3)
        .says("no usable credentials", "AWS_ACCESS_KEY_ID")
        .summary("status", "error")
        .summary("exit_code", 3)
        .summary("error.code", "NoCredentials");
  }

  @Test
  void aMissingProfileIsNamed() {
    Cli.bare()
        .run("--profile nope s3://bucket/")
        .exits(3)
        .says("profile 'nope' (from --profile) does not exist");
  }

  @Test
  void aBrokenProfileFileIsNamed(@TempDir Path home) throws IOException {
    Path config = Files.writeString(home.resolve("config"), "nonsense before any profile\n");
    Cli.bare()
        .env("AWS_CONFIG_FILE", config.toString())
        .run("s3://bucket/")
        .exits(3)
        .says(config + ": line 1 stands before the first [section]");
  }

  @Test
  void stackTracesAreOnlyForThoseWhoAsk() {
    Cli.bare().run("s3://Bad_Bucket/k").err(err -> err.doesNotContain("\tat "));
    Cli.bare().run("--stacktrace s3://Bad_Bucket/k").errContains("\tat ");
  }

  @Test
  void withoutArgumentsItShowsTheFirstSteps() {
    Cli.bare()
        .run("")
        .exits(2)
        .noOutput()
        .err(err ->
            err.containsSubsequence(
                "nothing to stage", "Usage: lota-prestage", "lota-prestage -n s3://", "--latest"));
    Cli.bare().run("--raw").exits(2).err(err -> err.doesNotContain("Usage:"));
  }

  @Test
  void theShortHelpShowsTheOptionsThatAreNeededMost() {
    Cli.bare()
        .run("-h")
        .exits(0)
        .out(out ->
            out.containsSubsequence("\nExamples:\n", "--dry-run", "--latest", "Use --help for all")
                .doesNotContain("--ca-bundle", "Exit codes")
                .satisfies(text -> assertThat(text.lines().count()).isLessThan(40)));
  }

  @ParameterizedTest
  @CsvSource({"'', 80", "60, 60", "100, 100", "20, 56", "5000, 120", "x, 80", "-5, 80"})
  void theHelpIsAsWideAsTheTerminal(String columns, int width) {
    Cli.bare()
        .env("COLUMNS", columns)
        .run("--help")
        .exits(0)
        .out(out ->
            out.satisfies(text ->
                assertThat(text.lines().dropWhile(line -> !line.equals("Targets:")))
                    .filteredOn(line -> !line.contains("  0  "))
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width))));
  }

  @ParameterizedTest
  @CsvSource({"100, 81, 100", "60, 50, 60", "0, 70, 80"})
  void withoutColumnsTheTerminalIsAskedForItsWidth(int columns, int least, int most) {
    Cli.bare()
        .env("NO_COLOR", "1")
        .terminal(new Window(columns))
        .run("--help")
        .exits(0)
        .out(out ->
            out.satisfies(text ->
                assertThat(
                        text.lines()
                            .dropWhile(line -> !line.equals("Targets:"))
                            .filter(line -> !line.contains("  0  "))
                            .mapToInt(String::length)
                            .max()
                            .orElseThrow())
                    .isBetween(least, most)));
  }

  private record Window(int columns) implements Terminal {
    @Override
    public int rows() {
      return 24;
    }
  }

  @Test
  void helpAndVersionGoToStandardOutput() {
    Cli.bare()
        .run("--help")
        .exits(0)
        .outContains("Usage: lota-prestage", "--endpoint-url", "(default: 300)", "Exit codes")
        .out(out ->
            out.containsSubsequence(
                "\nTargets:\n", "TARGET", "\nFilters:\n", "--include", "\nOutput:\n"))
        .silent();
    Cli.bare().run("-V").out(out -> out.matches("lota-prestage \\d+\\.\\d+\\.\\d+.*\\n"));
  }

  @Test
  void everyOptionHasADefaultInTheEnvironment() {
    Cli.bare()
        .env("LOTA_PRESTAGE_MIN_SIZE", "big")
        .run("s3://bucket/")
        .exits(2)
        .errContains("LOTA_PRESTAGE_MIN_SIZE must be a size");
    Cli.bare().env("LOTA_PRESTAGE_BUCKET", "Bad_Bucket").run("").errContains("Bad_Bucket");
    Cli.bare()
        .env("LOTA_PRESTAGE_NUMWORKERS", "0")
        .run("s3://bucket/")
        .errContains("LOTA_PRESTAGE_NUMWORKERS must be a whole number from 1");
  }

  @Test
  void flagsInTheEnvironmentAreTrueOrFalse() {
    Cli.bare()
        .env("LOTA_PRESTAGE_QUIET", "maybe")
        .run("s3://bucket/")
        .exits(2)
        .errContains("LOTA_PRESTAGE_QUIET must be true or false, not 'maybe'");
    Cli.bare().env("LOTA_PRESTAGE_QUIET", "false").run("s3://bucket/").exits(3);
  }

  @Test
  void aVariableOfNoOptionIsWarnedOf() {
    Cli.bare()
        .env("LOTA_PRESTAGE_CONCURENCY", "5")
        .env("LOTA_PRESTAGE_JAVA_OPTS", "-Xmx1g")
        .env("LOTA_PRESTAGE_SHARD_INDEX", "1")
        .env("LOTA_PRESTAGE_SERVICE_HOST", "10.0.0.1")
        .env("LOTA_PRESTAGE_API_SERVICE_PORT_HTTP", "80")
        .env("LOTA_PRESTAGE_PORT", "tcp://10.0.0.1:80")
        .env("LOTA_PRESTAGE_PORT_80_TCP_ADDR", "10.0.0.1")
        .run("s3://bucket/")
        .err(err ->
            err.doesNotContain("JAVA_OPTS", "_PORT", "_HOST")
                .contains("LOTA_PRESTAGE_SHARD_INDEX belongs to no option and is ignored")
                .contains("LOTA_PRESTAGE_CONCURENCY belongs to no option and is ignored")
                .contains("did you mean LOTA_PRESTAGE_CONCURRENCY?"));
  }

  @Test
  void theCommandLineWinsOverTheEnvironment() {
    Cli.bare().env("LOTA_PRESTAGE_MIN_SIZE", "big").run("--min-size 1 s3://bucket/").exits(3);
  }

  @Test
  void aFlagOnTheCommandLineWinsOverTheEnvironment() {
    Cli command = Cli.bare().env("LOTA_PRESTAGE_NO_SIGN_REQUEST", "true");
    command.run("--no-sign-request=false s3://bucket/").errContains("no usable credentials");
  }
}
