package io.github.lotaprestage.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a small run loads at its start.
@Timeout(180)
class StartUpIT extends AgainstBucket {

  /// Some classes of the JDK are never in an AOT cache.
  private static final int AT_MOST = 40;

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
        "-n s3://bucket/data/0001",
        "-n s3://bucket/data/000*",
        "-n -o json s3://bucket/data/000*",
        "s3://bucket/data/00*",
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

  /// A search for a provider on the class path would open every jar, which takes longer than the
  /// request. Java has its own way to resolve names if it is given a file of hosts.
  @ParameterizedTest
  @ValueSource(strings = {"--help", "s3://bucket/k", "-o json s3://bucket/k"})
  void aRunThatListsNothingOpensNoJar(String line) throws Exception {
    try (LotaEmulator store =
        LotaEmulator.before(new MemoryOrigin().put("bucket", "k", 1)).allowPathStyle().start()) {
      Program.at("http://localhost:" + store.address().getPort())
          .env(
              "LOTA_PRESTAGE_JAVA_OPTS",
              "-Dsun.misc.URLClassPath.debug=true -Dlota-prestage.exit=fast")
          .env("LOTA_PRESTAGE_PATH_STYLE", "true")
          .shell("\"$0\" " + line)
          .exits(0)
          .err(err -> err.doesNotContain("Opening "));
    }
  }
}
