package io.github.lotaprestage.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where the launcher finds a memory limit, in made-up `/proc` and `/sys` directories.
class MemoryLimitTest {

  private static final String LARGE = "-XX:MaxNewSize=64m";
  private static final String SMALL = "-XX:-UseTransparentHugePages -Xmx48m -XX:MaxNewSize=16m";

  @TempDir private Path root;

  private MemoryLimitTest file(String name, String text) throws Exception {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text + "\n");
    return this;
  }

  private String limit() throws Exception {
    return limit("");
  }

  private String limit(String javaOptions) throws Exception {
    return limit("listing", javaOptions);
  }

  private String limit(String kind, String javaOptions) throws Exception {
    file("proc/meminfo", "MemTotal:        4194304 kB");
    Result result =
        Program.bare()
            .javaOptions(javaOptions)
            .shell(
                "fail() { echo \"$*\"; exit 3; }; . src/main/dist/lib/limits.sh; root=$1; kind=$2;"
                    + " choose_memory_options; echo $memory $memory_options",
                root,
                kind)
            .silent();
    return result.out().strip();
  }

  @Test
  void withoutControlGroupsItIsTheMachine() throws Exception {
    assertThat(limit()).isEqualTo("4294967296 " + LARGE);
  }

  @Test
  void runsThatListNothingDoWithoutHugePages() throws Exception {
    assertThat(limit("key", "")).isEqualTo("4294967296 -XX:-UseTransparentHugePages " + LARGE);
    assertThat(limit("key", "-Xmx64m")).isEqualTo("4294967296 -XX:-UseTransparentHugePages");
  }

  @Test
  void optionsForTheHeapAreNotMixedWithOthers() throws Exception {
    assertThat(limit("-Xmx64m")).isEqualTo("4294967296");
    assertThat(limit("-XX:MaxRAM=128m")).isEqualTo("4294967296");
  }

  @Test
  void ofAContainerWithItsOwnNamespace() throws Exception {
    file("proc/self/cgroup", "0::/").file("sys/fs/cgroup/memory.max", "134217728");
    assertThat(limit()).isEqualTo("134217728 " + SMALL);
  }

  @Test
  void ofAnyGroupAbove() throws Exception {
    file("proc/self/cgroup", "0::/slurm/job 1/step:0")
        .file("sys/fs/cgroup/slurm/job 1/step:0/memory.max", "max")
        .file("sys/fs/cgroup/slurm/job 1/memory.max", "134217728")
        .file("sys/fs/cgroup/slurm/memory.max", "1073741824");
    assertThat(limit()).isEqualTo("134217728 " + SMALL);
  }

  @Test
  void ofVersionOne() throws Exception {
    file("proc/self/cgroup", "9:name=systemd:/\n5:cpu,memory:/a/b\n0::/")
        .file("sys/fs/cgroup/memory/a/b/memory.limit_in_bytes", "9223372036854771712")
        .file("sys/fs/cgroup/memory/a/memory.limit_in_bytes", "300000000");
    assertThat(limit()).isEqualTo("300000000 " + LARGE);
  }

  @Test
  void ofAContainerThatSeesAPathOutsideOfIt() throws Exception {
    file("proc/self/cgroup", "4:memory:/docker/0123/inner")
        .file("sys/fs/cgroup/memory/inner/memory.limit_in_bytes", "9223372036854771712")
        .file("sys/fs/cgroup/memory/memory.limit_in_bytes", "134217728");
    assertThat(limit()).isEqualTo("134217728 " + SMALL);
  }

  /// Above it, the kernel slows a process down rather than to end it.
  @Test
  void ofVersionTwoWithoutAnEnd() throws Exception {
    file("proc/self/cgroup", "0::/system.slice/run.scope")
        .file("sys/fs/cgroup/system.slice/run.scope/memory.max", "max")
        .file("sys/fs/cgroup/system.slice/run.scope/memory.high", "134217728");
    assertThat(limit()).isEqualTo("134217728 " + SMALL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          4:memory:/job | 31 28 0:27 / /cgroup/memory rw shared:9 - cgroup cgroup rw,memory | cgroup/memory/job/memory.limit_in_bytes
          4:cpu,memory:/job | 31 28 0:27 / /cg rw - cgroup cgroup rw,cpu,memory,pids | cg/job/memory.limit_in_bytes
          0::/job | 31 28 0:27 / /cgroup2 rw,nosuid shared:9 - cgroup2 none rw,nsdelegate | cgroup2/job/memory.max
          """)
  void whereverControlGroupsAreMounted(String group, String mount, String limit) throws Exception {
    file("proc/self/cgroup", group)
        .file("proc/self/mountinfo", "30 1 0:2 / /proc rw - proc proc rw\n" + mount)
        .file(limit, "134217728");
    assertThat(limit()).isEqualTo("134217728 " + SMALL);
  }

  @ParameterizedTest
  @CsvSource({"96, 28, 9", "112, 32, 10", "128, 48, 16", "200, 120, 40", "255, 153, 51"})
  void theHeapLeavesSpaceForTheRest(int limit, int heap, int young) throws Exception {
    file("proc/self/cgroup", "0::/").file("sys/fs/cgroup/memory.max", "" + (limit << 20));
    assertThat(limit("key", ""))
        .endsWith("-XX:-UseTransparentHugePages -Xmx%dm -XX:MaxNewSize=%dm".formatted(heap, young));
    assertThat(limit("key", "-Xmx32m")).endsWith(" -XX:-UseTransparentHugePages");
  }

  @ParameterizedTest
  @CsvSource({"key, 95, 96", "listing, 111, 112"})
  void tooLittleIsRefused(String kind, int limit, int needed) throws Exception {
    file("proc/self/cgroup", "0::/").file("sys/fs/cgroup/memory.max", "" + (limit << 20));
    assertThat(limit(kind, ""))
        .isEqualTo(
            "the memory limit is %d MiB, but this run needs at least %d MiB; raise the memory limit"
                    .formatted(limit, needed)
                + " of the container or job (in Kubernetes: resources.limits.memory)");
  }
}
