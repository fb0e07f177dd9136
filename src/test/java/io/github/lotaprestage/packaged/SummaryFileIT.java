package io.github.lotaprestage.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lotaprestage.fixture.Result;
import io.github.lotaprestage.fixture.Schemas;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `--summary-file` in places where a file cannot be replaced.
@Timeout(120)
class SummaryFileIT extends AgainstBucket {

  @TempDir private Path directory;

  private static JsonNode json(String text) {
    assertThat(text).endsWith("}\n").hasLineCount(1);
    Schemas.validate(text);
    return JsonMapper.shared().readTree(text);
  }

  /// Runs a line of shell with mounts of its own.
  private Result withMounts(String line) throws Exception {
    String unshare = "unshare --map-root-user --mount ";
    assumeTrue(
        Program.bare().shell(unshare + "true").code() == 0,
        "SKIPPED: this machine does not allow mount namespaces, so no mount point was tried");
    return Program.at(lota)
        .shell("cd \"$1\"; " + unshare + "sh -ec '" + line + "' \"$0\"", directory);
  }

  @Test
  void aMountPointIsWrittenInPlace() throws Exception {
    Path mounted = Files.writeString(directory.resolve("mounted"), "x".repeat(10_000));
    withMounts(
            "touch point; mount --bind mounted point;"
                + " \"$0\" -q --summary-file point s3://bucket/data/")
        .exits(0);
    assertThat(json(Files.readString(mounted)).at("/prestaged").asInt()).isEqualTo(1499);
    assertThat(directory.toFile().list()).containsExactlyInAnyOrder("mounted", "point");
  }

  @Test
  void aFileInADirectoryThatIsReadOnlyIsWrittenInPlace() throws Exception {
    Path file = Files.createDirectories(directory.resolve("fixed")).resolve("file");
    Files.writeString(file, "old");
    Files.writeString(directory.resolve("outside"), "old");
    withMounts(
            "mount --bind fixed fixed; mount --bind outside fixed/file;"
                + " mount -o remount,bind,ro fixed;"
                + " \"$0\" -q --summary-file fixed/file s3://bucket/data/")
        .exits(0);
    assertThat(json(Files.readString(directory.resolve("outside"))).at("/status").asString())
        .isEqualTo("ok");
  }

  @Test
  void aTerminationLogOfTheKubeletHoldsWhatFits() throws Exception {
    Path container = directory.resolve("pods/5b1c/containers/main");
    Path log = Files.writeString(Files.createDirectories(container).resolve("0a1b"), "");
    String key = "k".repeat(900);
    withMounts(
            "touch words; mount --bind pods/5b1c/containers/main/0a1b words; \"$0\" -q"
                + " --summary-file words --endpoint-url http://127.0.0.1:1/%s s3://b/ || test $? = 2"
                    .formatted(key.repeat(6)))
        .exits(0);
    assertThat(Files.size(log)).isLessThanOrEqualTo(4096);
    assertThat(json(Files.readString(log)).at("/exit_code").asInt()).isEqualTo(2);
    assertThat(json(Files.readString(log)).at("/error/code").asString()).isEqualTo("BadUsage");
  }

  @Test
  void aNamedPipeGetsItOnceItIsRead() throws Exception {
    Result run =
        Program.at(lota)
            .shell(
                "cd \"$1\"; mkfifo pipe; cat pipe & \"$0\" -qq --summary-file pipe"
                    + " s3://bucket/data/ && wait",
                directory)
            .exits(0);
    assertThat(json(run.out()).at("/prestaged").asInt()).isEqualTo(1499);
  }
}
