package io.github.lotaprestage.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Result;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a small run loads at its start.
@Timeout(180)
class StartUpIT extends AgainstBucket {

  /// Some classes of the JDK are never in an AOT cache, and these runs resolve names with a file.
  private static final int AT_MOST = 50;

  /// @param line a run that the caches are made for
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--version",
        "--help",
        "-h",
        "--no-such-option",
        "s3://bucket/data/0001",
        "-o json s3://bucket/data/0001",
        "s3://bucket/missing",
        "-n s3://bucket/data/0001",
        "-n s3://bucket/data/000*",
        "-n -o json s3://bucket/data/000*",
        "s3://bucket/data/00*",
        "--sample-reads 1 s3://bucket/data/000*",
      })
  void nearlyAllClassesComeFromACache(String line) throws Exception {
    List<String> loaded =
        Program.at(lota)
            .javaOptions("-Xlog:class+load=info:stderr")
            .shell("\"$0\" " + line + " 2>&1 >/dev/null | grep 'source: ' >&2")
            .err()
            .lines()
            .toList();
    assertThat(loaded).as("the log of loaded classes").hasSizeGreaterThan(1000);
    assertThat(loaded.stream().filter(each -> !each.contains("shared objects file")).toList())
        .as("classes that are not in a cache")
        .hasSizeLessThan(AT_MOST);
  }

  /// Code that is generated anew at each start takes longer than the class that it makes. The JDK
  /// cannot keep some lambdas in a cache, such as those of `Comparator.comparing`.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://bucket/k",
        "-o json s3://bucket/k",
        "-q -b bucket -k k",
        "--summary-file /dev/null s3://bucket/k",
      })
  void aRunForOneKeyGeneratesNoCode(String line) throws Exception {
    assertThat(
            ofOneKey("-Xlog:class+load=info:stderr", line)
                .exits(0)
                .err()
                .lines()
                .filter(each -> each.contains("source: ") && !each.contains("shared objects file")))
        .isNotEmpty()
        .noneMatch(each -> each.contains("$$") || each.contains("LambdaForm"));
  }

  /// A search for a provider on the class path would open every jar, which takes longer than the
  /// request. Java has its own way to resolve names if it is given a file of hosts.
  @ParameterizedTest
  @ValueSource(strings = {"--help", "s3://bucket/k", "-o json s3://bucket/k"})
  void aRunThatListsNothingOpensNoJar(String line) throws Exception {
    ofOneKey("-Dsun.misc.URLClassPath.debug=true", line)
        .exits(0)
        .err(err -> err.doesNotContain("Opening "));
  }

  /// A run that resolves a name and ends as it does without options for Java.
  private static Result ofOneKey(String javaOptions, String line) throws Exception {
    try (LotaEmulator store =
        LotaEmulator.before(new MemoryOrigin().put("bucket", "k", 1)).allowPathStyle().start()) {
      return Program.at("http://localhost:" + store.address().getPort())
          .env("LOTA_PRESTAGE_JAVA_OPTS", "-Dlota-prestage.exit=fast " + javaOptions)
          .env("LOTA_PRESTAGE_PATH_STYLE", "true")
          .shell("\"$0\" " + line);
    }
  }
}
