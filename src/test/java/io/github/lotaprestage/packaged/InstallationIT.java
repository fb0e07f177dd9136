package io.github.lotaprestage.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The tarball, links to the program and the caches of its classes.
@Timeout(180)
class InstallationIT extends AgainstBucket {

  @Test
  void worksThroughALinkAndFromAnywhere(@TempDir Path directory) throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("lp"), Path.of(Program.PATH));
    Program.bare()
        .shell("cd / && exec \"$1\" --version", link)
        .exits(0)
        .out(out -> out.startsWith("lota-prestage "));
  }

  private static Path unpacked(Path directory) throws Exception {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      Path tarball =
          files.filter(file -> file.toString().endsWith(".tar.gz")).findFirst().orElseThrow();
      Program.bare().shell("tar xzf \"$1\" -C \"$2\"", tarball, directory).exits(0);
    }
    return directory.resolve("lota-prestage");
  }

  @Test
  void theTarballNeedsNoJavaAndItsCacheWorksElsewhereAndReadOnly(@TempDir Path directory)
      throws Exception {
    Path tree = unpacked(directory);
    Program.bare().shell("chmod -R a-w \"$1\"", tree);
    try (LotaEmulator pathStyle =
        LotaEmulator.before(ORIGIN).keepNothing().allowPathStyle().start()) {
      String line =
          "cd / && exec setpriv --reuid=65534 --regid=65534 --clear-groups"
              + " \"$1\" -o json s3://bucket/data/0001";
      Path launcher = tree.resolve("bin/lota-prestage");
      Program program = Program.at(pathStyle.address()).without("JAVA_HOME");
      Program.bare().shell("chmod a+rx \"$1\"", directory);
      program.env("LOTA_PRESTAGE_JAVA_OPTS", "").shell(line, launcher).silent().exits(0).objects(1);
      program
          .env("LOTA_PRESTAGE_JAVA_OPTS", "-Xlog:class+load=info:stderr")
          .shell(line, launcher)
          .err(err ->
              err.containsPattern("cli\\.PrestageCommand source: shared objects file")
                  .containsPattern("picocli\\.CommandLine source: shared objects file"));
    } finally {
      Program.bare().shell("chmod -R u+w \"$1\"", tree);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rm \"$1\"/lib/*.aot",
    "for f in \"$1\"/lib/*.aot; do echo nonsense > $f; done",
    "touch \"$1\"/lib/*.jar",
    "truncate -s 1000000 \"$1\"/lib/*.aot",
  })
  void aCacheThatDoesNotFitIsPassedOverInSilence(String damage, @TempDir Path directory)
      throws Exception {
    Path tree = unpacked(directory);
    Program.bare().shell(damage, tree);
    try (LotaEmulator pathStyle =
        LotaEmulator.before(ORIGIN).keepNothing().allowPathStyle().start()) {
      for (String target : List.of("s3://bucket/data/0001", "s3://bucket/data/000?")) {
        Program.at(pathStyle.address())
            .env("LOTA_PRESTAGE_JAVA_OPTS", "")
            .shell(
                "exec \"$1\" -o json \"$2\"", tree.resolve("bin/lota-prestage").toString(), target)
            .silent()
            .exits(0)
            .summary("prestaged", n -> n.isPositive());
      }
    }
  }

  /// Where classes come from a cache, and from which of the two.
  @ParameterizedTest
  @CsvSource({
    "s3://bucket/data/0001, false",
    "--version, false",
    "s3://bucket/data/0001 s3://bucket/data/, false",
    "s3://bucket/data/000?, false",
    "s3://bucket, false",
    "--sample-reads 1 s3://bucket/data/, false",
    "--manifest s3://bucket/data/0001, true",
    "-n --latest 1 s3://bucket/, true",
  })
  void theCacheOfWhatIsAskedForIsUsed(String argument, boolean reads) throws Exception {
    Result result =
        Program.at(lota)
            .javaOptions("-Xlog:class+load:stderr")
            .run(argument)
            .err(err ->
                err.containsPattern("lotaprestage.Main source: shared objects file")
                    .doesNotContainPattern(
                        "lotaprestage.Main source: jrt|lotaprestage.Main source: file"));
    assertThat(result.err().contains("services.s3.DefaultS3Client source: shared objects file"))
        .isEqualTo(reads);
    assertThat(result.err()).doesNotContainPattern("services.s3.DefaultS3Client source: file");
  }

  @ParameterizedTest
  @CsvSource({
    "text, TextWriter, data/0001",
    "json, JsonWriter, data/0001",
    "text, TextWriter, data/",
    "json, JsonWriter, data/"
  })
  void whatPrintsTheResultsIsInTheCaches(String format, String writer, String key)
      throws Exception {
    Program.at(lota)
        .javaOptions("-Xlog:class+load:stderr")
        .run("-o " + format + " s3://bucket/" + key)
        .exits(0)
        .err(err ->
            err.containsPattern("report\\." + writer + " source: shared objects file")
                .doesNotContainPattern("report\\." + writer + " source: file"));
  }

  /// By default Java would then use a heap that is too large for references of 32 bits, and so for
  /// the cache.
  @Test
  void theCacheIsUsedOnLargeMachines() throws Exception {
    Program.at(lota)
        .javaOptions("-XX:MaxRAM=128g -Xlog:class+load:stderr")
        .run("--version")
        .err(err -> err.containsPattern("lotaprestage.Main source: shared objects file"));
  }
}
