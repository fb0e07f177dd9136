package io.github.lotaprestage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.cli.options.EnvironmentDefaults;
import io.github.lotaprestage.fixture.Cli;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// An unset shell variable must not change what a command does.
class EmptyValuesTest {

  /// Read from `--help`, so that a new option is covered without anybody's doing.
  static Stream<String> optionsWithAValue() {
    return Cli.bare()
        .run("--help")
        .out()
        .lines()
        .filter(line -> line.matches(" {2,6}(-[a-z], *)?(--[a-z0-9-]+(, )?)+=.*"))
        .flatMap(line -> Stream.of(line.strip().replaceFirst("=.*", "").split(", *")))
        .filter(name -> name.startsWith("--"));
  }

  @Test
  void theOptionsAreFound() {
    assertThat(optionsWithAValue())
        .contains("--journal", "--failed-to", "--prefix", "--concurrency", "--endpoint-url")
        .hasSizeGreaterThan(25);
  }

  @ParameterizedTest
  @MethodSource("optionsWithAValue")
  void anEmptyValueIsBadUsage(String option) {
    for (List<String> value : List.of(List.of(option + "="), List.of(option, ""))) {
      List<String> args = new ArrayList<>(value);
      args.addAll(List.of("-n", "s3://bucket/"));
      Cli.bare().run(args).exits(2).says("--", "must not be empty").noOutput();
    }
  }

  @ParameterizedTest
  @MethodSource("optionsWithAValue")
  void inTheEnvironmentItCountsAsUnset(String option) {
    for (String value : List.of("", " ", "\n")) {
      Cli.bare()
          .env(EnvironmentDefaults.variable(option), value)
          .run("s3://bucket/")
          .exits(3); // no credentials
    }
  }

  @Test
  void anEmptyTargetIsBadUsage() {
    for (String target : List.of("", " ")) {
      Cli.bare().run("s3://bucket/", target).exits(2).errContains("TARGET must not be empty");
    }
  }

  @Test
  void anEmptyPrefixIsNotTheWholeBucket() {
    Cli.bare()
        .run("--bucket bucket --prefix", "")
        .exits(2)
        .errContains("--prefix must not be empty", "--bucket alone");
  }

  @Test
  void aFlagTakesNoEmptyValue() {
    for (String flag :
        List.of("--dry-run=", "--quiet=", "-n=", "-qn=", "-nq=", "--dry-run=maybe")) {
      Cli.bare().run(flag, "s3://bucket/").exits(2).errContains("must be true or false");
    }
  }

  @Test
  void helpAndVersionTakeNoValue() {
    for (String flag : List.of("--help=", "--help=false", "--version=", "-V=", "-h=true")) {
      Cli.bare().run(flag, "s3://bucket/").exits(2).noOutput().errContains(" takes no value");
    }
  }

  @Test
  void anArgumentIsNotReplacedByAFile() {
    Cli.bare().run("@pom.xml").errContains("target '@pom.xml' does not start with s3://");
  }

  @Test
  void aVariableIsTakenLiterally() {
    Cli.bare()
        .env("LOTA_PRESTAGE_BUCKET", "a${sys:file.separator}b")
        .run("")
        .errContains("a${sys:file.separator}b");
  }

  @Test
  void whiteSpaceIsAKey() {
    Cli.bare().run("--bucket bucket --key ' '").exits(3);
  }
}
