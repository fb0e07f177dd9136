package io.github.lotaprestage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

  static Stream<Arguments> badUsage() {
    return Stream.of(
        bad("Unknown option: '--frobnicate'", "--frobnicate", "s3://bucket/"),
        bad("nothing to stage"),
        bad("--key needs --bucket", "--key", "k"),
        bad("--prefix needs --bucket", "--prefix", "p"),
        bad("'big' is not a size", "--min-size", "big", "s3://bucket/"),
        bad("neither an age", "--newer-than", "yesterday", "s3://bucket/"),
        bad("is not a duration", "--progress-interval", "often", "s3://bucket/"),
        bad("--progress-interval must be longer", "--progress-interval", "0s", "s3://bucket/"),
        bad("--min-size is larger", "--min-size", "2", "--max-size", "1", "s3://bucket/"),
        bad(
            "--newer-than is not before",
            "--newer-than",
            "1d",
            "--older-than",
            "2d",
            "s3://bucket/"),
        bad("--concurrency must be from 1", "-c", "0", "s3://bucket/"),
        bad("--concurrency", "-c", "many", "s3://bucket/"),
        bad("--rate must be", "--rate", "-1", "s3://bucket/"),
        bad("neither auto nor a duration", "--attempt-timeout", "soon", "s3://bucket/"),
        bad("--attempt-timeout must be longer", "--attempt-timeout", "0s", "s3://bucket/"),
        bad("--max-duration must be longer", "--max-duration", "0s", "s3://bucket/"),
        bad("--list-concurrency must be from 1", "--list-concurrency", "0", "s3://bucket/"),
        bad("--max-attempts must be at least 1", "--max-attempts", "0", "s3://bucket/"),
        bad("host name", "s3://Bad_Bucket/k"),
        bad("host name", "-b", "bad_bucket"),
        bad("3 to 63", "s3://ab/k"),
        bad("names no bucket", "s3:///k"),
        bad("did you mean s3://bucket/k", "bucket/k"),
        bad("wildcard in the bucket", "s3://b*/k"),
        bad("does not go with TARGETs", "-b", "bucket", "s3://other-bucket/x"),
        bad("no such file", "--files-from", "/no/such/file"),
        bad("--journal: is a directory", "--journal", "/", "s3://bucket/"),
        bad("--failed-to: is a directory", "--failed-to", "/", "s3://bucket/"),
        bad("is a directory", "--files-from", "/"),
        bad("standard input can be read only once", "--files-from", "-", "--files-from0", "-"),
        bad("at most 1024 bytes", "s3://bucket/" + "k".repeat(1025)),
        bad("needs a scheme", "--endpoint-url", "cwlota.com", "s3://bucket/"),
        bad("fills no cache", "--endpoint-url", "https://cwobject.com", "s3://bucket/"),
        bad("has a dot", "--endpoint-url", "https://cwlota.com", "s3://a.bucket/"),
        bad("--order", "--order", "random", "s3://bucket/"),
        bad("--output", "-o", "yaml", "s3://bucket/"));
  }

  private static Arguments bad(String expected, String... args) {
    return Arguments.of(expected, List.of(args));
  }

  @ParameterizedTest
  @MethodSource
  void badUsage(String expected, List<String> args) {
    Cli.Result result = Cli.bare().run(args.toArray(String[]::new));
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).startsWith("lota-prestage: ").contains(expected).hasLineCount(1);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void noCredentialsIsOneLineAndASummary() {
    Cli.Result result = Cli.bare().run("-o", "json", "s3://bucket/");
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.err()).contains("no usable credentials", "AWS_ACCESS_KEY_ID").hasLineCount(1);
    assertThat(result.summary().get("status").asString()).isEqualTo("error");
    assertThat(result.summary().get("exit_code").asInt()).isEqualTo(3);
    assertThat(result.summary().get("error").get("code").asString()).isEqualTo("NoCredentials");
  }

  @Test
  void aMissingProfileIsNamed() {
    Cli.Result result = Cli.bare().run("--profile", "nope", "s3://bucket/");
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.err()).contains("profile 'nope', which does not exist").hasLineCount(1);
  }

  @Test
  void aBrokenProfileFileIsNamed(@TempDir Path home) throws IOException {
    Path config = Files.writeString(home.resolve("config"), "nonsense before any profile\n");
    Cli.Result result = Cli.bare().env("AWS_CONFIG_FILE", config.toString()).run("s3://bucket/");
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.err()).contains("cannot read the AWS configuration files").hasLineCount(1);
  }

  @Test
  void stackTracesAreOnlyForThoseWhoAsk() {
    assertThat(Cli.bare().run("s3://Bad_Bucket/k").err()).doesNotContain("\tat ");
    assertThat(Cli.bare().run("--stacktrace", "s3://Bad_Bucket/k").err()).contains("\tat ");
  }

  @Test
  void helpAndVersionGoToStandardOutput() {
    Cli.Result help = Cli.bare().run("--help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("Usage: lota-prestage", "--endpoint-url", "Exit codes");
    assertThat(help.err()).isEmpty();
    assertThat(Cli.bare().run("-V").out()).matches("lota-prestage \\d+\\.\\d+\\.\\d+.*\\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--latest",
        "--shard",
        "--shards",
        "--nodes",
        "--cache-capacity",
      })
  void whatIsNotBuiltDoesNotExist(String option) {
    assertThat(Cli.bare().run("--help").out()).doesNotContain(option + " ", option + "=");
    assertThat(Cli.bare().run(option, "1", "s3://bucket/").code()).isEqualTo(2);
  }

  @Test
  void everyOptionHasADefaultInTheEnvironment() {
    Cli.Result size = Cli.bare().env("LOTA_PRESTAGE_MIN_SIZE", "big").run("s3://bucket/");
    assertThat(size.code()).isEqualTo(2);
    assertThat(size.err()).contains("'big' is not a size");
    Cli.Result bucket = Cli.bare().env("LOTA_PRESTAGE_BUCKET", "Bad_Bucket").run();
    assertThat(bucket.err()).contains("Bad_Bucket");
    assertThat(Cli.bare().env("LOTA_PRESTAGE_NUMWORKERS", "0").run("s3://bucket/").err())
        .contains("--concurrency must be from 1");
  }

  @Test
  void flagsInTheEnvironmentAreTrueOrFalse() {
    Cli.Result odd = Cli.bare().env("LOTA_PRESTAGE_QUIET", "maybe").run("s3://bucket/");
    assertThat(odd.code()).isEqualTo(2);
    assertThat(odd.err()).contains("LOTA_PRESTAGE_QUIET is neither true nor false: maybe");
    assertThat(Cli.bare().env("LOTA_PRESTAGE_QUIET", "false").run("s3://bucket/").code())
        .isEqualTo(3);
  }

  @Test
  void theCommandLineWinsOverTheEnvironment() {
    Cli.Result result =
        Cli.bare().env("LOTA_PRESTAGE_MIN_SIZE", "big").run("--min-size", "1", "s3://bucket/");
    assertThat(result.code()).isEqualTo(3);
  }
}
