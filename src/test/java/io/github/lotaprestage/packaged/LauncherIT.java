package io.github.lotaprestage.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Result;
import io.github.lotaprestage.fixture.TestStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the launcher is started with: descriptors, locales, paths, options for Java and limits.
@Timeout(180)
class LauncherIT {

  private static final int OBJECTS = 20_000;

  @SuppressWarnings("NullAway.Init")
  private static LotaEmulator lota;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    MemoryOrigin origin =
        new MemoryOrigin()
            .generate("bucket", OBJECTS, "data/%05d"::formatted)
            .bucket("other-bucket")
            .put("other-bucket", "ünï/😀 key", 1);
    lota =
        LotaEmulator.before(origin)
            .countOnly()
            .credentials(TestStore.ACCESS_KEY, TestStore.SECRET_KEY)
            .start();
  }

  @AfterAll
  static void stop() {
    lota.close();
  }

  private static Result shell(String line, Object... args) throws Exception {
    return Program.at(lota).shell(line, args);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<&-", "<&- >&2", "0>/dev/null", "<&- --allow-empty"})
  void standardInputThatCannotBeReadIsAnError(String redirection) throws Exception {
    long sent = lota.seen().rangedHeads();
    shell("\"$0\" -b bucket --files-from - " + redirection)
        .exits(3)
        .errContains("lota-prestage: read standard input: ");
    assertThat(lota.seen().rangedHeads()).isEqualTo(sent);
  }

  @ParameterizedTest
  @ValueSource(strings = {">&-", "<&- >&-", "1</dev/null"})
  void standardOutputThatCannotBeWrittenIsAnError(String redirection) throws Exception {
    shell("\"$0\" -o json s3://bucket/data/00001 " + redirection)
        .exits(3)
        .err("lota-prestage: stopped: standard output cannot be written: Bad file descriptor\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2>&-", "<&- 2>&-", "<&-"})
  void aRunThatNeedsNoInputWorksWithoutDescriptors(String redirection) throws Exception {
    shell("\"$0\" -o json s3://bucket/data/00001 " + redirection).exits(0).prestaged(1).objects(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LANG=en_US.UTF-8",
        "LC_ALL=C",
        "LC_ALL=POSIX",
        "LC_CTYPE=de_DE.ISO-8859-1",
        "LC_ALL="
      })
  void argumentsAndFileNamesAreUtf8InEveryLocale(String locale) throws Exception {
    Path list = Files.writeString(directory.resolve("lïst😀"), "ünï/😀 key\n");
    Result result =
        shell(
                "env "
                    + locale
                    + " \"$0\" -o json -b other-bucket -k 'ünï/😀 key' --files-from \"$1\"",
                list.toString())
            .silent()
            .exits(0);
    assertThat(result.objects())
        .hasSize(2)
        .allMatch(object -> object.get("key").asString().equals("ünï/😀 key"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"$0\" -n $'s3://bucket/data/\\xff'",
        "\"$0\" -n s3://bucket --exclude $'\\xff*'",
        "LOTA_PRESTAGE_EXCLUDE=$'\\xff*' \"$0\" -n s3://bucket",
        "AWS_PROFILE=$'\\xff' \"$0\" -n s3://bucket",
      })
  void whatIsNotUtf8IsRefused(String line) throws Exception {
    shell(line)
        .exits(2)
        .noOutput()
        .err(err -> err.startsWith("lota-prestage: ").contains("is not valid UTF-8"));
  }

  /// As in a container without a shell and without any locale.
  @Test
  void javaWithoutTheLauncherDecodesArgumentsToo() throws Exception {
    shell(
            "cd \"${0%/bin/*}\" && LC_ALL=C LOTA_PRESTAGE_EXCLUDE='ö*' exec runtime/bin/java"
                + " @lib/jvm.options -Djdk.net.hosts.file=\"$2\" -cp lib/lota-prestage.jar"
                + " io.github.lotaprestage.Main -o json -b other-bucket -k \"$1\"",
            "ünï/😀 key", Path.of("src/tools/resources/hosts").toAbsolutePath().toString())
        .silent()
        .object("key", "ünï/😀 key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a b", "a%20b", "a#b", "a'b\"c\\d", "a\nb", "a\n", "a*?$b", "ü", "~", "-x", "[b]"})
  void theProgramMayBeAnywhere(String name) throws Exception {
    Path bin = tree(name).resolve("bin");
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("link 2"));
    Files.createSymbolicLink(directory.resolve("link 2"), bin.resolve("lota-prestage"));
    for (String way :
        List.of(
            "cd \"$1\" && ./lota-prestage --version",
            "cd \"$1\" && sh lota-prestage --version",
            "cd \"$1\" && bash lota-prestage --version",
            "cd \"$1/..\" && bin/lota-prestage --version",
            "cd / && PATH=\"$1:$PATH\" lota-prestage --version",
            "cd / && \"$2\" --version",
            "cd \"${2%/*}\" && ./link --version")) {
      shell(way, bin.toString(), link.toString())
          .silent()
          .out(out -> out.startsWith("lota-prestage "));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b", "a!", "😀"})
  void whereJavaCannotRunIsSaid(String name) throws Exception {
    Path bin = tree(name).resolve("bin");
    shell("cd \"$1\" && ./lota-prestage --version", bin.toString())
        .exits(3)
        .noOutput()
        .err(err -> err.startsWith("lota-prestage: Java cannot ").contains(name, "move"));
  }

  @Test
  void aCurrentDirectoryThatWasDeletedIsNamed() throws Exception {
    shell("cd \"$1\" && mkdir gone && cd gone && rmdir ../gone && \"$0\" --version", directory)
        .exits(3)
        .noOutput()
        .errContains("lota-prestage: Java cannot start: check ", "the current directory, which may")
        .err(err -> err.doesNotContain("\tat "));
  }

  /// The packaged tree under another name; the hard links take no time.
  private Path tree(String name) throws Exception {
    Path copy = directory.resolve(name);
    Path original = Path.of(Program.PATH).getParent().getParent();
    assertThat(
            shell(
                    "cp -al -- \"$1\" \"$2\" 2>/dev/null || cp -a -- \"$1\" \"$2\"",
                    original.toString(),
                    copy.toString())
                .code())
        .isZero();
    return copy;
  }

  @ParameterizedTest
  @CsvSource({
    "LOTA_PRESTAGE_JAVA_OPTS, -Xbogus",
    "LOTA_PRESTAGE_JAVA_OPTS, -Xmx1k",
    "LOTA_PRESTAGE_JAVA_OPTS, -XX:MaxNewSize=x",
    "LOTA_PRESTAGE_JAVA_OPTS, -version",
    "LOTA_PRESTAGE_JAVA_OPTS, --dry-run",
    "LOTA_PRESTAGE_JAVA_OPTS, Other",
    "JAVA_TOOL_OPTIONS, -Xbogus",
    "JDK_JAVA_OPTIONS, -Xbogus",
    "_JAVA_OPTIONS, -Xmx1k",
  })
  void optionsThatJavaCannotStartWithAreNamed(String variable, String options) throws Exception {
    Program.at(lota)
        .env(variable, options)
        .json("s3://bucket/data/00001")
        .exits(3)
        .noOutput()
        .err(err -> err.startsWith("lota-prestage: Java cannot start: check "))
        .errContains(variable);
  }

  @Test
  void optionsAreNotMatchedAgainstFileNames() throws Exception {
    Files.writeString(directory.resolve("-Xbogus"), "");
    shell("cd \"$1\" && LOTA_PRESTAGE_JAVA_OPTS='-Da=b -[X]bogus*' \"$0\" -V", "" + directory)
        .errContains("-[X]bogus*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ulimit -v 2000000", "ulimit -v 1100000"})
  void itWorksWithLowLimits(String limit) throws Exception {
    shell(limit + "; \"$0\" -o json -q -c 20 --order listed s3://bucket/data/")
        .silent()
        .exits(0)
        .prestaged(OBJECTS);
  }

  @ParameterizedTest
  @CsvSource({
    "ulimit -v 900000, ulimit -v",
    "ulimit -d 20000, ulimit -d",
    "ulimit -d 100000, ulimit -d", // Java starts and crashes
  })
  void aLimitThatIsTooLowIsNamed(String limit, String named) throws Exception {
    Result result = shell(limit + "; \"$0\" -o json s3://bucket/data/00001").exits(3).noOutput();
    assertThat(result.err().lines()).hasSizeLessThan(10);
    result.err(err -> err.startsWith("lota-prestage: ").contains(named));
  }

  @Test
  void tooFewThreadsAreNamed() throws Exception {
    shell(
            "exec setpriv --reuid=54321 --regid=54321 --clear-groups"
                + " sh -c 'ulimit -p 8 2>/dev/null || ulimit -u 8; exec \"$0\" -V' \"$0\"")
        .exits(3)
        .noOutput()
        .err(err -> err.startsWith("lota-prestage: ").contains("ulimit -u 8"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-XX:MaxRAM=96m", "-XX:MaxRAM=128m", "-Xmx64m"})
  void smallHeapsHoldALargeListing(String heap) throws Exception {
    Program.at(lota)
        .javaOptions(heap)
        .json("-q s3://bucket/data/")
        .silent()
        .exits(0)
        .prestaged(OBJECTS);
  }

  @Test
  void aThreadDumpGoesToStandardError() throws Exception {
    Path pipe = directory.resolve("pipe");
    shell(
            "mkfifo \"$1\" && { \"$0\" -o json -b bucket --files-from \"$1\" & } && exec 3>\"$1\""
                + " && kill -QUIT $! && echo data/00001 >&3 && exec 3>&- && wait $!",
            pipe.toString())
        .exits(0)
        .errContains("Full thread dump")
        .objects(1);
  }

  @Test
  void aCrashLeavesNoFiles() throws Exception {
    Path pipe = directory.resolve("pipe");
    shell(
            "cd \"$1\" && mkfifo pipe && ulimit -c unlimited &&"
                + " { \"$0\" -o json -b bucket --files-from pipe & } && exec 3>pipe"
                + " && kill -SEGV $!; wait $!",
            directory.toString())
        .exits(134)
        .errContains("Current thread");
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).containsExactly(pipe);
    }
  }
}
